"""The peers of grouping, as one would plug them in: notes in, a group for each out. From the group `bench`."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import numpy as np


def fold(text: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def _joined(pairs: Iterable[tuple[int, int]], size: int) -> list[int]:
    above = list(range(size))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for a, b in pairs:
        a, b = top(a), top(b)
        above[max(a, b)] = min(a, b)
    return [top(i) for i in range(size)]


def _once(group: Callable[[list[str]], list[int]]) -> Callable[[Sequence[str]], list[int]]:
    """The notes folded and each kept once, as every peer would be run."""

    def run(texts: Sequence[str]) -> list[int]:
        known: dict[str, int] = {}
        at = [known.setdefault(fold(text), len(known)) for text in texts]
        found = group(list(known))
        return [found[i] for i in at]

    return run


def _rapidfuzz(texts: list[str]) -> list[int]:
    from rapidfuzz import fuzz, process

    ordered = [" ".join(sorted(text.split())) for text in texts]
    pairs: list[tuple[int, int]] = []
    for low in range(0, len(ordered), 1_000):
        rows = ordered[low : low + 1_000]
        alike = process.cdist(rows, ordered[low:], scorer=fuzz.ratio, score_cutoff=80, dtype=np.uint8)
        pairs += [(i + low, j + low) for i, j in zip(*np.nonzero(alike), strict=True)]
    return _joined(pairs, len(texts))


def _minhash(texts: list[str]) -> list[int]:
    from datasketch import MinHash, MinHashLSH

    shingles = [[f" {t} "[i : i + 4].encode() for i in range(max(1, len(t) - 1))] for t in texts]
    hashes = MinHash.bulk(shingles, num_perm=128, seed=1)
    index = MinHashLSH(threshold=0.6, num_perm=128)
    pairs = []
    for i, one in enumerate(hashes):
        pairs += [(i, j) for j in index.query(one) if one.jaccard(hashes[j]) >= 0.6]
        index.insert(i, one)
    return _joined(pairs, len(texts))


def _vectors(texts: list[str]):  # a sparse matrix of a library that may be absent
    from sklearn.feature_extraction.text import TfidfVectorizer

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    return letters.fit_transform(texts)


def _tfidf(texts: list[str]) -> list[int]:
    from sparse_dot_topn import sp_matmul_topn

    table = _vectors(texts)
    near = sp_matmul_topn(table, table.T.tocsr(), top_n=20, threshold=0.72, n_threads=1).tocoo()
    return _joined(zip(near.row.tolist(), near.col.tolist(), strict=True), len(texts))


def _semhash(texts: list[str]) -> list[int]:
    from semhash import SemHash
    from sklearn.decomposition import TruncatedSVD

    class Encoder:
        def encode(self, inputs: list[str], **_: object):
            return TruncatedSVD(256, n_iter=2, random_state=0).fit_transform(_vectors(inputs)).astype(np.float32)

    encoder = Encoder()
    hashed = SemHash.from_embeddings(encoder.encode(texts), texts, model=encoder)
    number = {text: i for i, text in enumerate(texts)}
    kept = hashed.self_deduplicate(threshold=0.65).selected_with_duplicates
    pairs = [(number[one.record], number[text]) for one in kept for text, _ in one.duplicates]
    return _joined(pairs, len(texts))


METHODS = {
    "rapidfuzz": _once(_rapidfuzz),
    "minhash": _once(_minhash),
    "tfidf": _once(_tfidf),
    "semhash": _once(_semhash),
}
