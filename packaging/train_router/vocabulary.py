"""Cuts MiniLM's vocabulary to what is used, and adds Chinese characters with embeddings made of their glosses."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from dictionary import Dictionary
from numpy.typing import NDArray
from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
ENGLISH_PIECES = 11_500
CHINESE_CHARACTERS = 5_000


def cut(original: Path, texts: Iterable[str], dictionary: Dictionary) -> tuple[Tokenizer, list[str]]:
    """Make the smaller tokenizer; gives it and its pieces in order of their ids.

    Args:
        original: MiniLM's tokenizer.json.
        texts: what must not lose a piece: the training requests.
        dictionary: whose glosses keep their pieces, and whose characters are added.
    """
    tokenizer = Tokenizer.from_file(str(original))
    settings = json.loads(original.read_text(encoding="utf-8"))
    ranks: dict[str, int] = settings["model"]["vocab"]
    used: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for text in texts:
        used.update(tokenizer.encode(text, add_special_tokens=False).tokens)
        characters.update(re.findall(r"[^\x00-\x7f]", text.lower()))
    for word in dictionary.words:
        weight = 3 if word.chinese in dictionary.common else 1
        for sign in word.chinese:
            characters[sign] += weight
    kept = [piece for piece in ranks if len(piece.removeprefix("##")) == 1 and (piece < "⺀" or piece in used)]
    kept += [piece for piece, _ in used.most_common() if piece in ranks and piece not in SPECIAL]
    kept += sorted((piece for piece in ranks if re.fullmatch(r"[#a-z0-9]+", piece)), key=ranks.__getitem__)
    pieces = list(dict.fromkeys([*SPECIAL, *kept]))[:ENGLISH_PIECES]
    chinese = [sign for sign, _ in characters.most_common() if re.fullmatch(r"[一-鿿]", sign)]
    other = [sign for sign, count in characters.items() if not re.fullmatch(r"[一-鿿]", sign) and count > 2]
    pieces = list(dict.fromkeys([*pieces, *chinese[:CHINESE_CHARACTERS], *other]))
    settings["model"]["vocab"] = {piece: number for number, piece in enumerate(pieces)}
    settings["truncation"] = settings["padding"] = None
    for token in settings["added_tokens"]:
        token["id"] = pieces.index(token["content"])
    settings["post_processor"] = None
    return Tokenizer.from_str(json.dumps(settings, ensure_ascii=False)), pieces


def embeddings(
    pieces: list[str], original: Path, weights: NDArray[np.float32], dictionary: Dictionary
) -> NDArray[np.float32]:
    """Give the first embeddings, (pieces, hidden): MiniLM's own; for a new character the mean of its words' glosses.

    A gloss of the character alone counts as much as ten of its words; rare pieces count more than common ones.
    """
    tokenizer = Tokenizer.from_file(str(original))
    ranks = tokenizer.get_vocab()
    glosses: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for word in dictionary.words:
        weight = (10.0 if len(word.chinese) == 1 else 1.0) * (2.0 if word.chinese in dictionary.common else 1.0)
        for sign in set(word.chinese):
            glosses[sign].append((weight / len(word.chinese), word.glosses[0].removeprefix("to ")))
    counts: Counter[int] = Counter()
    for word in dictionary.words:
        counts.update(tokenizer.encode(word.glosses[0], add_special_tokens=False).ids)
    center = weights[1996:12000].mean(axis=0)
    found = np.tile(center, (len(pieces), 1)).astype(np.float32)
    for number, piece in enumerate(pieces):
        if piece in ranks and not re.fullmatch(r"[一-鿿]", piece):
            found[number] = weights[ranks[piece]]
        elif piece in glosses:
            tokens, shares = [], []
            for weight, gloss in sorted(glosses[piece], reverse=True)[:60]:
                ids = tokenizer.encode(gloss, add_special_tokens=False).ids
                tokens += ids
                shares += [weight / (counts[token] + 5) ** 0.5 for token in ids]
            mean = np.average(weights[tokens] - center, axis=0, weights=shares) if tokens else 0 * center
            found[number] = center + 1.5 * mean
    return found
