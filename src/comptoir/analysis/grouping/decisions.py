"""What people decided, made whole: who is together with whom, who must stay apart."""

from collections.abc import Sequence

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping.model import Constraints, Text


class Forest:
    """Sets that only grow: `find` gives the smallest number of a set."""

    def __init__(self, size: int):
        self._above = list(range(size))

    def find(self, item: int) -> int:
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, a: int, b: int) -> bool:
        """True where the two were not yet together."""
        a, b = self.find(a), self.find(b)
        self._above[max(a, b)] = min(a, b)
        return a != b


class Decisions:
    """`blocks[i]` is the number of the set that text i was put in; `apart[block]` the blocks that it never joins."""

    def __init__(self, texts: Sequence[Text], constraints: Constraints):
        at = {text.id: number for number, text in enumerate(texts)}
        if len(at) != len(texts):
            double = next(text.id for number, text in enumerate(texts) if at[text.id] != number)
            raise InputError(f"Deux notes portent le même identifiant « {double} » : donnez-en un différent à chacune.")
        ghosts = sorted({i for pair in constraints.together for i in pair} - at.keys())
        number = at | {ghost: len(texts) + k for k, ghost in enumerate(ghosts)}
        forest = Forest(len(number))
        for a, b in constraints.together:
            if a not in at or b not in at or texts[at[a]].within == texts[at[b]].within:
                forest.join(number[a], number[b])
        self.blocks = [forest.find(i) for i in range(len(texts))]
        self.apart: dict[int, set[int]] = {}
        for a, b in sorted(tuple(sorted(pair)) for pair in constraints.apart):
            if a not in at or b not in at or texts[at[a]].within != texts[at[b]].within:
                continue
            ours, theirs = self.blocks[at[a]], self.blocks[at[b]]
            if ours == theirs:
                raise InputError(
                    f"Les notes « {texts[at[a]].text} » et « {texts[at[b]].text} » sont à la fois rapprochées et "
                    "séparées : gardez une seule des deux décisions."
                )
            self.apart.setdefault(ours, set()).add(theirs)
            self.apart.setdefault(theirs, set()).add(ours)
