"""A contract's own lexicon in one file: the words that its team adds, and what its decisions taught."""

from collections.abc import Mapping, Sequence

from comptoir.analysis.grouping import learned as _learned
from comptoir.analysis.grouping.learned import Learned
from comptoir.analysis.grouping.lexicon import Concept, Lexicon, parse
from comptoir.analysis.grouping.model import Constraints, Text
from comptoir.analysis.grouping.statement import read_statement

Added = Mapping[Concept, Sequence[str]]


def read_lexicon(text: str, source: str = "") -> tuple[dict[Concept, tuple[str, ...]], Learned]:
    """The concepts and the learned lines of a lexicon file. Raises InputError with the line that cannot be read."""
    lines = text.splitlines()
    taught = {number: line for number, line in enumerate(lines, 1) if _learned.is_learned(line)}
    added = parse("\n".join("" if number in taught else line for number, line in enumerate(lines, 1)), source)
    return added, _learned.parse(taught.items(), source)


def write_lexicon(added: Added, learned: Learned) -> str:
    """The text that `read_lexicon` reads back."""
    concepts = "".join(f"{c.kind} {c.name} : {', '.join(said)}\n" for c, said in added.items())
    return concepts + learned.text()


def learn(
    texts: Sequence[Text], decided: Constraints, lexicon: Lexicon, known: Learned = _learned.NOTHING_LEARNED
) -> Learned:
    """`known` and what the decisions on these notes teach; decisions on other notes are left out."""
    by_id = {text.id: text for text in texts}

    def features(pairs: frozenset[tuple[str, str]]) -> list[tuple[frozenset[str], frozenset[str]]]:
        found = []
        for a, b in sorted(pairs):
            if a in by_id and b in by_id:
                one, other = (frozenset(read_statement(by_id[i].text, lexicon).features) for i in (a, b))
                found.append((one, other))
        return found

    return known.with_decisions(features(decided.together), features(decided.apart))
