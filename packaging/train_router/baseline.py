"""The yardstick of `make bench-router`: character n-grams, TF-IDF and logistic regression, on the same requests.

Prints one JSON object: for each set of requests that measures the intents that it would choose.
"""

import json
from pathlib import Path

from corpus import read_voices
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from tests.bench.router_requests import read_held_out, read_test_split


def main() -> None:
    """Train and answer."""
    requests = read_voices(Path(__file__).resolve().parent / "data" / "voices")
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2, max_features=120_000),
        LogisticRegression(C=8, max_iter=200),
    )
    model.fit([request.text for request in requests], [request.intents[0] for request in requests])
    sets = {"held_out": read_held_out(), "split": read_test_split()}
    said = {name: model.predict([request.text for request in measured]) for name, measured in sets.items()}
    print(json.dumps({name: list(map(str, intents)) for name, intents in said.items()}))


if __name__ == "__main__":
    main()
