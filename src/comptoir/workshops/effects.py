"""What a lexicon would change, before it is saved: which suggestions come and go, how many notes are concerned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from comptoir.analysis.grouping import Constraints, Pair, Text
from comptoir.analysis.grouping.lexicon import Lexicon, tokens_of
from comptoir.spaces.models import Space
from comptoir.voices.actions.lexicon import lexicon_of, method_of, with_text
from comptoir.voices.actions.suggestions import PER_COLUMN, apart_pairs
from comptoir.voices.models import Heading, Statement

MOST = 1_500
"""Lines that are looked at, those of the latest columns first: what a person may wait for."""
SHOWN = 12


@dataclass(slots=True)
class Effects:
    """`concerned` of the `notes` looked at say something new; suggestions are told as two wordings and a reason."""

    notes: int = 0
    unseen: int = 0
    concerned: int = 0
    appear: list[tuple[str, str, str]] = field(default_factory=list)
    vanish: list[tuple[str, str, str]] = field(default_factory=list)


def effects_of(space: Space, text: str) -> Effects:
    """The present lines of the space compared with the words as they are, then as they would be."""
    stored = lexicon_of(space)
    before, after = method_of(stored).grouping, method_of(with_text(stored, text)).grouping
    found = Effects()
    for heading, lines in _columns(space):
        if found.notes + len(lines) > MOST:
            found.unseen += len(lines)
            continue
        found.notes += len(lines)
        new = [line for line in lines if _subjects(line.text, before.lexicon) != _subjects(line.text, after.lexicon)]
        found.concerned += len(new)
        if new:
            apart = Constraints(apart=apart_pairs([heading]))
            _compare(found, lines, *(m.suggest(lines, apart, limit=PER_COLUMN) for m in (before, after)))
    return found


def _columns(space: Space) -> list[tuple[Heading, list[Text]]]:
    """The counted columns of the space with their lines, the latest first, in two queries."""
    roots = Statement.objects.roots().filter(space=space, heading__occasion__comptoir__workshop__withdrawn_at=None)
    by_heading: dict[UUID, list[Text]] = {}
    for line in roots.with_words().order_by(F("heading_id").desc(), "position", "pk")[: 4 * MOST]:
        by_heading.setdefault(line.heading_id, []).append(Text(str(line.pk), line.wording))
    headings = Heading.objects.in_bulk(by_heading)
    return [(headings[pk], lines) for pk, lines in by_heading.items() if headings[pk].counted]


def _subjects(text: str, lexicon: Lexicon) -> set[str]:
    return {match.concept.name for match in lexicon.find(tokens_of(text))}


def _compare(found: Effects, lines: Sequence[Text], before: list[Pair], after: list[Pair]) -> None:
    words = {line.id: line.text for line in lines}
    was, will = ({frozenset((p.a, p.b)) for p in pairs} for pairs in (before, after))
    found.appear += [
        (words[p.a], words[p.b], p.reason.sentence) for p in after if frozenset((p.a, p.b)) not in was
    ]  # fmt: skip
    found.vanish += [
        (words[p.a], words[p.b], p.reason.sentence) for p in before if frozenset((p.a, p.b)) not in will
    ]  # fmt: skip
