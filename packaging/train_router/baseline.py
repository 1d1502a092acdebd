"""The yardstick of `make bench-router`: character n-grams, TF-IDF and logistic regression, on the same requests.

Prints one JSON object: for each test request the intent that it would choose.
"""

import argparse
import json
from pathlib import Path

from corpus import Corpus
from dictionary import Dictionary
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from tests.bench.router_requests import read_requests, read_test_split


def main() -> None:
    """Train and answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--requests", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    test = read_test_split()
    data = Path(__file__).resolve().parent / "data"
    corpus = Corpus(data, Dictionary(options.packages), [*test, *read_requests(data / "dev.txt")])
    requests = corpus.draw(options.requests, options.seed)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2, max_features=120_000),
        LogisticRegression(C=8, max_iter=200),
    )
    model.fit([request.text for request in requests], [request.intents[0] for request in requests])
    print(json.dumps([str(intent) for intent in model.predict([request.text for request in test])]))


if __name__ == "__main__":
    main()
