"""What was tried to bring nearer notes that share no known expression: word vectors learnt from texts, or profiles.

The figure is the average precision of the pairs, before any threshold: 1 where every pair of one group comes before
every other. Sets 1 to 6 are read with a lexicon from which a share of the expressions was taken out, since its author
wrote or read them; the seventh as it is.
"""

import csv
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from gold_sets import HERE, read_gold

from comptoir.analysis.grouping import Text, meaning
from comptoir.analysis.grouping.corpus import Corpus
from comptoir.analysis.grouping.lexicon import FAMILY, Lexicon, neighbourhood, tokens_of
from comptoir.analysis.grouping.profiles import spoken_words
from comptoir.analysis.grouping.words import stem

Floats = npt.NDArray[np.float32]
SETS = ("dev", "dev_2", "dev_3", "2", "3", "4", "5", "6")
OPEN = (  # Licence Ouverte
    ("subventions_reserve_parlementaire/actions_2013.csv", "descriptif"),
    ("subventions_reserve_parlementaire/actions_2014.csv", "descriptif"),
    ("subventions_reserve_parlementaire/actions_2015.csv", "descriptif"),
    ("subventions_montpellier_2014/subventions_montpellier_2014.csv", "nom_projet"),
    ("contrats_de_ville/nomenclature_themes.csv", "libelle"),
)
MORE = (  # ODbL, or a licence that nothing states: to measure with, never to ship
    ("bp_paris_laureats/bp_paris_laureats.csv", "titre_projet_gagnant"),
    ("contributions_vrai_debat/propositions_titres.csv", "titre_sans_accents"),
    ("contributions_vrai_debat/contributions_textes.csv", "texte"),
    ("contributions_republique_numerique/arguments.csv", "texte"),
    ("contributions_republique_numerique/propositions.csv", "texte"),
)
_WINDOW, _LEAST, _MOST, _DIMENSIONS = 6, 3, 8000, 200


def _words(text: str) -> list[str]:
    return [stem(word) for word in spoken_words(tokens_of(text))]


class Vectors:
    """Positive pointwise mutual information of words near each other, reduced by a singular value decomposition
    (O. Levy, Y. Goldberg, I. Dagan, TACL 3, 2015)."""

    def __init__(self, data: Path, sources: Iterable[tuple[str, str]]):
        said: dict[str, None] = {}
        for name, column in sources:
            with (data / name).open(encoding="utf-8", newline="") as lines:
                said |= dict.fromkeys(row[column] or "" for row in csv.DictReader(lines))
        documents = [_words(text) for text in said]
        count = Counter(word for document in documents for word in document)
        kept = [w for w, n in sorted(count.items(), key=lambda one: (-one[1], one[0])) if n >= _LEAST][:_MOST]
        self._at = {word: k for k, word in enumerate(kept)}
        self.words, self.texts = sum(count.values()), len(documents)
        near = np.zeros((len(kept), len(kept)), np.float32)
        for document in documents:
            places = [self._at.get(word, -1) for word in document]
            for i, a in enumerate(places):
                for b in places[i + 1 : i + 1 + _WINDOW]:
                    if a >= 0 and b >= 0 and a != b:
                        near[a, b] += 1
                        near[b, a] += 1
        total = near.sum(axis=1) + 1e-9
        smooth = total**0.75 / (total**0.75).sum()
        with np.errstate(divide="ignore"):
            shown = np.maximum(np.log(near / (total[:, None] * smooth[None, :])), 0)
        shown = (shown + shown.T) / 2
        base = np.random.default_rng(0).standard_normal((len(kept), _DIMENSIONS + 20)).astype(np.float32)
        for _ in range(4):
            base, _ = np.linalg.qr(shown @ base)
        values, turn = np.linalg.eigh(base.T @ shown @ base)
        best = np.argsort(-np.abs(values))[:_DIMENSIONS]
        found = (base @ turn[:, best]) * np.sqrt(np.abs(values[best]))
        self._rows = found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)
        self._weight = np.array([math.log(self.words / (count[word] + 5)) for word in kept], np.float32)

    def near(self, notes: Sequence[str]) -> Floats:
        """The cosines of the notes, centred on their mean."""
        means = np.zeros((len(notes), self._rows.shape[1]), np.float32)
        for row, note in zip(means, notes, strict=True):
            for word in set(_words(note)) & self._at.keys():
                row += self._weight[self._at[word]] * self._rows[self._at[word]]
        means -= means.mean(axis=0)
        means /= np.linalg.norm(means, axis=1, keepdims=True) + 1e-9
        found: Floats = np.maximum(means @ means.T, 0)
        return found


def without(share: float, seed: int) -> Lexicon:
    """The lexicon of the house with a share of its expressions taken out at random."""
    house, chance = neighbourhood(), random.Random(seed)
    kept = {
        concept: said if concept.kind == FAMILY else tuple(one for one in said if chance.random() >= share)
        for concept, said in house.concepts.items()
    }
    less = Lexicon({concept: said for concept, said in kept.items() if said})
    less.language = house.language
    return less


def precision(name: str, lexicon: Lexicon, weight: float, near: Callable[[Sequence[str]], Floats] | None) -> float:
    """The average precision of the pairs of a set; `weight` that of profiles, `near` something more, for a tenth."""
    notes, truth = read_gold(HERE / f"notes_{name}.csv")
    meaning._NEAR = weight
    corpus = Corpus([Text(str(i), note) for i, note in enumerate(notes)], lexicon)
    count = len(corpus.members)
    score, may = np.zeros((count, count)), np.zeros((count, count), bool)
    for a, b, alike in corpus.edges(-1.0):
        score[a, b], may[a, b] = alike, True
    if near is not None:
        score += 0.1 * near([notes[cell[0]] for cell in corpus.members])
    score[~may] = -1
    groups = [truth[cell[0]] for cell in corpus.members]
    upper = np.triu_indices(count, 1)
    same = np.array([a == b for a, b in zip(*(np.array(groups)[at] for at in upper), strict=True)])
    same = same[np.argsort(-score[upper], kind="stable")]
    return float((np.cumsum(same) / np.arange(1, len(same) + 1))[same].mean())


def trials(data: Path) -> list[list[str]]:
    """One row for each thing tried: its name, the seventh set, the mean of the others with less lexicon."""
    kept = meaning._NEAR
    free, all_of_them = Vectors(data, OPEN), Vectors(data, (*OPEN, *MORE))
    sizes = [f"{v.texts} textes, {v.words} mots pleins" for v in (free, all_of_them)]
    tried = (
        ("énoncé commun seul", 0.0, None),
        (f"+ vecteurs des libellés ouverts ({sizes[0]})", 0.0, free.near),
        (f"+ vecteurs de tous les textes ({sizes[1]})", 0.0, all_of_them.near),
        ("énoncé commun et profils", kept, None),
        ("+ vecteurs des libellés ouverts", kept, free.near),
        ("+ vecteurs de tous les textes", kept, all_of_them.near),
    )
    rows = []
    for label, weight, near in tried:
        seventh = precision("7", neighbourhood(), weight, near)
        others = [
            precision(name, lexicon, weight, near) for lexicon in (without(0.4, 1), without(0.6, 2)) for name in SETS
        ]
        rows.append([label, *(f"{value:.3f}".replace(".", ",") for value in (seventh, sum(others) / len(others)))])
    meaning._NEAR = kept
    return rows
