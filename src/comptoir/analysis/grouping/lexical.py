"""The plain method: same words, spelled nearly the same, and not the contrary. Definition: docs/concepts/grouping.md.

It sees no synonym: what people say in other words stays apart until a person puts it together.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from comptoir.analysis.grouping.corpus import Corpus
from comptoir.analysis.grouping.decisions import Decisions, Forest
from comptoir.analysis.grouping.linkage import average_linkage
from comptoir.analysis.grouping.model import NO_CONSTRAINTS, Constraints, Group, Pair, Reason, ReasonKind, Text
from comptoir.analysis.grouping.reasons import DECIDED, NEARLY_SAME, SAME, shown
from comptoir.analysis.grouping.words import stem
from comptoir.analysis.text import fold

_CHUNK = re.compile(r"[^\s'’,;:.!?()«»\"/]+")


@dataclass(frozen=True, slots=True)
class LexicalGrouping:
    """The share of their words (weighed by rarity, 0 to 1) that notes must have in common: `asked` to be shown to a
    person, `joined` to be put in one group without anyone looking."""

    asked: float = 0.5
    joined: float = 0.6

    def _read(self, texts: Sequence[Text], constraints: Constraints) -> "Reading":
        return Reading(texts, constraints, Corpus(texts))

    def _drawn(self, edges: Sequence[tuple[int, int, float]]) -> Sequence[tuple[int, int, float]]:
        """How much cells draw each other into one group: here, as much as they resemble each other."""
        return edges

    def suggest(
        self, texts: Sequence[Text], constraints: Constraints = NO_CONSTRAINTS, limit: int | None = None
    ) -> list[Pair]:
        """See Grouping. Notes of the same words are proposed one by one with the first of them, never all with all."""
        reading = self._read(texts, constraints)
        best: dict[tuple[int, int], tuple[int, int, float]] = {}
        for a, b, score in reading.undecided(self.asked):
            blocks = reading.decisions.blocks
            pair = (min(blocks[a], blocks[b]), max(blocks[a], blocks[b]))
            if pair not in best or reading.rank((a, b, score)) < reading.rank(best[pair]):
                best[pair] = (a, b, score)
        ordered = sorted(best.values(), key=reading.rank)
        return [reading.pair(*found) for found in ordered[:limit]]

    def resembles(self, text: Text, among: Sequence[Text], limit: int = 5) -> list[Pair]:
        """See Grouping. Of notes with the same words, the first in the order given stands for all."""
        texts = [text, *(other for other in among if other.id != text.id and other.within == text.within)]
        return self._read(texts, NO_CONSTRAINTS).resembling(self.asked, limit)

    def group(self, texts: Sequence[Text], constraints: Constraints = NO_CONSTRAINTS) -> list[Group]:
        """See Grouping. Two groups join while their members resemble each other, on average, as much as `joined`."""
        reading = self._read(texts, constraints)
        units, apart = _units(reading)
        unit_of = {block: u for u, blocks in enumerate(units) for block in blocks}
        edges = list(reading.corpus.edges(self.joined))
        cells = [sorted({c for block in unit for c in reading.cells_of_block[block]}) for unit in units]
        units_of: dict[int, list[int]] = {}
        for unit, own in enumerate(cells):
            for cell in own:
                units_of.setdefault(cell, []).append(unit)
        alike: dict[tuple[int, int], float] = {}
        for a, b, score in self._drawn(edges):
            for u, v in product(units_of[a], units_of[b]):
                if u != v:
                    pair = (min(u, v), max(u, v))
                    alike[pair] = max(alike.get(pair, 0.0), score)
        may_join = _Compatibility(cells, reading.corpus.contrary)
        pairs = [(u, v, score) for (u, v), score in alike.items()]
        clusters = average_linkage(len(units), pairs, self.joined, apart, may_join)
        home = {unit: k for k, cluster in enumerate(clusters) for unit in cluster}
        members: list[list[int]] = [[] for _ in clusters]
        for i, block in enumerate(reading.decisions.blocks):
            members[home[unit_of[block]]].append(i)
        inside: list[list[tuple[int, int, float]]] = [[] for _ in clusters]
        for a, b, score in edges:
            for k in {home[u] for u in units_of[a]} & {home[u] for u in units_of[b]}:
                inside[k].append((a, b, score))
        groups = [(own, reading.group(own, links)) for own, links in zip(members, inside, strict=True)]
        return [group for _, group in sorted(groups, key=lambda found: (-found[1].occurrences, found[0][0]))]


class Reading:
    """The texts of one call with what people decided on them."""

    def __init__(self, texts: Sequence[Text], constraints: Constraints, corpus: Corpus):
        self.texts = texts
        self.decisions = Decisions(texts, constraints)
        self.corpus = corpus
        self.cells_of_block: dict[int, set[int]] = {}
        for cell, block in zip(self.corpus.cell_of, self.decisions.blocks, strict=True):
            self.cells_of_block.setdefault(block, set()).add(cell)

    def order(self, text: int) -> tuple[str, str]:
        """A rank that owes nothing to the order in which the texts came."""
        return self.corpus.words[text].key, self.texts[text].id

    def rank(self, found: tuple[int, int, float]) -> tuple[float, tuple[str, str], tuple[str, str]]:
        a, b, score = found
        return -score, self.order(a), self.order(b)

    def undecided(self, threshold: float) -> Iterator[tuple[int, int, float]]:
        """Pairs of texts worth a question. What was decided of two notes holds for others of the same words."""
        members = [sorted(texts, key=self.order) for texts in self.corpus.members]
        for texts in members:
            yield from self._same_words(texts)
        decided = self._decided_cells()
        for a, b, score in self.corpus.edges(threshold):
            if (a, b) not in decided:
                yield self.weighed(members[a][0], members[b][0], score)

    def _same_words(self, texts: list[int]) -> Iterator[tuple[int, int, float]]:
        """Each text of a cell with one before it, rather one of the same spelling."""
        blocks, apart, words = self.decisions.blocks, self.decisions.apart, self.corpus.words
        by_key: dict[str, int] = {}
        seen: dict[int, int] = {}
        for text in texts:
            block = blocks[text]
            twin = by_key.setdefault(words[text].key, text)
            if block in seen:
                continue
            free = (b for b in (blocks[twin], *seen) if b in seen and b not in apart.get(block, ()))
            other = next(free, None)
            if other is not None:
                yield self.weighed(twin if blocks[twin] == other else seen[other], text, 1.0)
            seen[block] = text

    def _decided_cells(self) -> set[tuple[int, int]]:
        decided: set[tuple[int, int]] = set()
        for block, cells in self.cells_of_block.items():
            for other in (block, *self.decisions.apart.get(block, ())):
                for a, b in product(cells, self.cells_of_block.get(other, ())):
                    decided.add((min(a, b), max(a, b)))
        return decided

    def resembling(self, asked: float, limit: int) -> list[Pair]:
        """The first text with those that it resembles, one for all those of the same words, the surest first."""
        corpus = self.corpus
        own = corpus.cell_of[0]
        likes = {a if b == own else b: score for a, b, score in corpus.edges(asked, only=own)}
        found = [(0, min(corpus.members[cell]), score) for cell, score in likes.items()]
        if len(corpus.members[own]) > 1:
            found.append((0, sorted(corpus.members[own])[1], 1.0))
        ordered = sorted((self.weighed(a, b, s) for a, b, s in found), key=self.rank)
        return [self.pair(*each) for each in ordered[:limit]]

    def slips(self, text: int) -> int:
        return sum(s in self.corpus.meant for s in self.corpus.words[text].stems)

    def weighed(self, a: int, b: int, score: float) -> tuple[int, int, float]:
        """The pair with its score made a little lower for each thing that is not the same, so that the surest lead."""
        first, second = self.corpus.words[a], self.corpus.words[b]
        if first.key == second.key:
            return a, b, 1.0
        for _ in self._misspelled(a, b):
            score *= 0.95
        if first.marks != second.marks:
            score *= 0.97
        return a, b, round(score * 0.98, 4)

    def _misspelled(self, a: int, b: int) -> list[tuple[str, str]]:
        """Stems of a and of b that stand for one word, spelled in two ways."""
        meant = self.corpus.meant
        theirs = {meant.get(s, s): s for s in self.corpus.words[b].stems}
        same = ((s, theirs.get(meant.get(s, s), s)) for s in self.corpus.words[a].stems)
        return [(ours, other) for ours, other in same if ours != other]

    def pair(self, a: int, b: int, score: float) -> Pair:
        return Pair(self.texts[a].id, self.texts[b].id, score, self._reason(a, b))

    def _reason(self, a: int, b: int) -> Reason:
        first, second = self.corpus.words[a], self.corpus.words[b]
        if self.texts[a].text.strip() == self.texts[b].text.strip():
            return SAME
        if first.key == second.key:
            return NEARLY_SAME
        meant = self.corpus.meant
        spelled, theirs = _spellings(self.texts[a].text), _spellings(self.texts[b].text)
        wrong = self._misspelled(a, b)
        roots = {meant.get(s, s) for s in first.stems}
        if wrong and roots == {meant.get(s, s) for s in second.stems}:
            count = "une faute de frappe" if len(wrong) == 1 else f"{len(wrong)} fautes de frappe"
            ways = ", ".join(f"{spelled.get(x, x)} / {theirs.get(y, y)}" for x, y in wrong)
            return Reason(ReasonKind.TYPO, f"Presque la même phrase ({count} : {ways})")
        meanings = self.corpus.meanings
        if meanings:
            sentence = meanings.reason(self.corpus.cell_of[a], self.corpus.cell_of[b])
            if sentence:
                return Reason(ReasonKind.MEANING, sentence)
        held = {meant.get(s, s) for s in second.stems}
        common = [spelled.get(s, s) for s in first.stems if meant.get(s, s) in held]
        return Reason(ReasonKind.WORDS, f"Mêmes mots : {shown(common)}")

    def group(self, members: list[int], edges: list[tuple[int, int, float]]) -> Group:
        """One group from its texts (in the order given) and the pairs of cells inside it."""
        return Group(
            label=self.texts[self._medoid(members, edges)].text.strip(),
            members=tuple(self.texts[i].id for i in members),
            occurrences=sum(self.texts[i].tally for i in members),
            links=tuple(self._links(members, edges)),
        )

    def _medoid(self, members: list[int], edges: list[tuple[int, int, float]]) -> int:
        """The text that resembles the others most; then said most, without slips, fullest, shortest, well spelled."""
        central = dict.fromkeys((self.corpus.cell_of[i] for i in members), 0.0)
        for a, b, score in edges:
            central[a] += score
            central[b] += score
        said: Counter[str] = Counter()
        for i in members:
            said[self.corpus.words[i].key] += self.texts[i].tally

        def rank(text: int) -> tuple[object, ...]:
            words, raw = self.corpus.words[text], self.texts[text].text.strip()
            spelled = (raw.isupper(), -sum(not ch.isascii() for ch in raw), raw)
            wording = (-said[words.key], self.slips(text), -len(words.stems), len(words.key), words.key)
            return (-round(central[self.corpus.cell_of[text]], 6), *wording, *spelled)

        return min(members, key=rank)

    def _links(self, members: list[int], edges: list[tuple[int, int, float]]) -> Iterator[Pair]:
        """One pair fewer than the members: what was decided first, then the same words, then the most alike."""
        forest = Forest(len(members))
        at = {text: k for k, text in enumerate(members)}
        ordered = sorted(members, key=self.order)
        first_of_block: dict[int, int] = {}
        first_of_cell: dict[int, int] = {}
        first_of_key: dict[tuple[int, str], int] = {}
        for text in ordered:
            first = first_of_block.setdefault(self.decisions.blocks[text], text)
            if forest.join(at[first], at[text]):
                yield Pair(self.texts[first].id, self.texts[text].id, 1.0, DECIDED)
        for text in ordered:
            cell = self.corpus.cell_of[text]
            first = first_of_cell.setdefault(cell, text)
            twin = first_of_key.setdefault((cell, self.corpus.words[text].key), text)
            for other in (twin, first):
                if forest.join(at[other], at[text]):
                    yield self.pair(*self.weighed(other, text, 1.0))
        pairs = [self.weighed(first_of_cell[a], first_of_cell[b], score) for a, b, score in edges]
        for a, b, score in sorted(pairs, key=self.rank):
            if forest.join(at[a], at[b]):
                yield self.pair(a, b, score)


def _spellings(text: str) -> dict[str, str]:
    """Each stem of a note as the person spelled it, in small letters."""
    spelled: dict[str, str] = {}
    for chunk in _CHUNK.findall(text):
        spelled.setdefault(stem(fold(chunk)), chunk.lower())
    return spelled


def _units(reading: Reading) -> tuple[list[list[int]], dict[int, set[int]]]:
    """What groups are made of: the sets decided by people, those of the same words joined where nothing forbids it.

    Gives the blocks of each unit, and which units stay apart, both in an order that owes nothing to that of the texts.
    """
    blocks, apart = reading.decisions.blocks, reading.decisions.apart
    order: dict[int, tuple[int, tuple[str, str]]] = {}
    for i in range(len(reading.texts)):
        rank = (reading.corpus.cell_of[i], reading.order(i))
        order[blocks[i]] = min(order.get(blocks[i], rank), rank)
    unit_of: dict[int, int] = {}
    units: list[list[int]] = []
    enemies: list[set[int]] = []
    of_cell: dict[int, list[int]] = {}
    for block in sorted(order, key=lambda b: order[b]):
        hostile = apart.get(block, set())
        near = (u for cell in sorted(reading.cells_of_block[block]) for u in of_cell.get(cell, ()))
        unit = next((u for u in near if block not in enemies[u]), None)
        if unit is None:
            unit = len(units)
            units.append([])
            enemies.append(set())
        units[unit].append(block)
        enemies[unit] |= hostile
        unit_of[block] = unit
        for cell in reading.cells_of_block[block]:
            if unit not in of_cell.setdefault(cell, []):
                of_cell[cell].append(unit)
    separate = {u: {unit_of[b] for b in hostile if b in unit_of} for u, hostile in enumerate(enemies) if hostile}
    return units, separate


class _Compatibility:
    """Whether two groups hold nothing contrary: every unit of one with every unit of the other."""

    def __init__(self, cells: list[list[int]], contrary: Callable[[int, int], bool]):
        self._cells, self._contrary = cells, contrary
        self._known: dict[tuple[int, int], bool] = {}

    def __call__(self, ours: list[int], theirs: list[int]) -> bool:
        return all(self._agree(u, v) for u in ours for v in theirs)

    def _agree(self, u: int, v: int) -> bool:
        pair = (min(u, v), max(u, v))
        if pair not in self._known:
            # a person put contraries together: what agrees with one of them may join
            cells = product(self._cells[u], self._cells[v])
            self._known[pair] = any(not self._contrary(a, b) for a, b in cells)
        return self._known[pair]
