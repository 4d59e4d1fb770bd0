"""What may be linked: lines for a commitment, commitments for a line. A suggestion has a reason, a person decides.

One thing at a time, when it is looked at (docs/concepts/thread.md, « Les suggestions »): the lines of a space are read
once and kept in memory, as for the notes being typed (voices.near).
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.analysis.grouping import Pair, Text
from comptoir.analysis.grouping.index import NoteIndex
from comptoir.commitments.models import Commitment, StatementLink
from comptoir.commitments.thread import lines_of
from comptoir.contracts.models import Objective
from comptoir.spaces.models import Space
from comptoir.thread.linking import UNCOUNTED
from comptoir.thread.models import Citation, Unrelated
from comptoir.voices.actions.lexicon import Method, lexicon_of, method_of
from comptoir.voices.models import Statement, counts

ASKED = 0.15
"""Likeness from which a suggestion is made: lower than between two notes, for a commitment is written otherwise."""
SHOWN = 6
_SEARCHED = 12  # some are linked already, or refused
MOST = 20_000  # lines of a space that are compared: the last ones
LATER = 40  # lines written since they were read, beyond which they are read again
_SPACES = 8  # spaces kept in memory, the last asked for


@dataclass(frozen=True, slots=True)
class SuggestedLine:
    line: Statement
    said: int
    reason: str


@dataclass(frozen=True, slots=True)
class SuggestedCommitment:
    commitment: Commitment
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    index: NoteIndex
    upto: UUID


_read: "OrderedDict[tuple[UUID, str], _Read]" = OrderedDict()
_one_at_a_time = Lock()


def lines_for(actor: Actor, commitment: Commitment, known: Set[UUID] | None = None) -> list[SuggestedLine]:
    """The lines that a commitment may answer, the likest first: neither linked nor refused (`known`, where it is)."""
    asked = [commitment.text, commitment.objective.text if commitment.objective else ""]
    if known is None:
        refused = Unrelated.objects.filter(commitment=commitment).order_by("pk")
        known = {line.pk for line, _ in lines_of(commitment)} | set(
            refused.values_list("statement__root_id", flat=True)
        )
    return _suggested(_likest(_near(actor.space, asked)), known)


def lines_to_cite(actor: Actor, objective: Objective) -> list[SuggestedLine]:
    """The lines that the wording of an objective may come from, the likest first: those not cited yet."""
    cited = Citation.objects.filter(wording__objective=objective, withdrawn_at=None)
    return _suggested(
        _likest(_near(actor.space, [objective.text])), set(cited.values_list("statement__root_id", flat=True))
    )


def _suggested(pairs: Sequence[Pair], known: Set[UUID]) -> list[SuggestedLine]:
    wanted = [UUID(pair.b) for pair in pairs]
    lines = Statement.objects.roots().filter(pk__in=wanted).exclude(pk__in=known).with_words()
    found = lines.select_related("heading__occasion__comptoir__workshop").in_bulk()
    said = counts(list(found))
    return [
        SuggestedLine(found[pk], said[pk][0], pair.reason.sentence)
        for pk, pair in zip(wanted, pairs, strict=True)
        if pk in found
    ][:SHOWN]


def commitments_for(actor: Actor, line: Statement) -> list[SuggestedCommitment]:
    """The commitments that may answer a line, the likest first: neither linked nor refused."""
    method = method_of(lexicon_of(actor.space))
    refused = Unrelated.objects.filter(statement__root=line.root_id).values("commitment")
    linked = StatementLink.objects.filter(statement__root=line.root_id, withdrawn_at=None).values("commitment")
    rows = Commitment.objects.visible_to(actor).exclude(pk__in=refused).exclude(pk__in=linked).order_by("pk")
    texts = []
    for pk, wording, objective in rows.values_list("pk", "wording__text", "objective__wording__text"):
        texts += [Text(f"{pk}{end}", text) for end, text in (("", wording), ("/", objective)) if text]
    index = NoteIndex(texts, method.grouping.lexicon, method.grouping.learned, ASKED)
    pairs = index.resembles(Text("", line.wording), 2 * SHOWN)
    likest = _likest(Pair(p.a, p.b.rstrip("/"), p.score, p.reason) for p in pairs)[:SHOWN]
    found = Commitment.objects.with_words().in_bulk([UUID(pair.b) for pair in likest])
    return [SuggestedCommitment(found[UUID(pair.b)], pair.reason.sentence) for pair in likest]


def _likest(pairs: Iterable[Pair]) -> list[Pair]:
    """The surest pair of each thing found, the surest first."""
    best: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.b)):
        best.setdefault(pair.b, pair)
    return list(best.values())


def _near(space: Space, asked: Sequence[str]) -> list[Pair]:
    """What lines of the space resemble one of these texts."""
    method = method_of(lexicon_of(space))
    known, later = _index(space, method)
    if known is None:
        return []
    index = NoteIndex(later, method.grouping.lexicon, method.grouping.learned, ASKED) if later else None
    found = []
    for words in filter(None, asked):
        text = Text("", words)
        found += known.index.resembles(text, _SEARCHED) + (index.resembles(text, _SEARCHED) if index else [])
    return found


def _index(space: Space, method: Method) -> tuple[_Read | None, list[Text]]:
    """The lines of a space as they were read, and those written since."""
    key = (space.pk, method.digest)
    with _one_at_a_time:
        known = _read.get(key)
    later = _lines(space, known.upto)[: LATER + 1] if known else []
    if known is None or len(later) > LATER:
        whole = _lines(space)
        if not whole:
            return None, []
        grouping = method.grouping
        known, later = _Read(NoteIndex(whole, grouping.lexicon, grouping.learned, ASKED), UUID(whole[0].id)), []
        with _one_at_a_time:
            _read[key] = known
            _read.move_to_end(key)
            while len(_read) > _SPACES:
                _read.popitem(last=False)
    return known, later


def _lines(space: Space, after: UUID | None = None) -> list[Text]:
    """The lines of what was said, the last first."""
    rows = Statement.objects.roots().filter(space=space).exclude(heading__kind__in=UNCOUNTED)
    if after:
        rows = rows.filter(pk__gt=after)
    found = rows.order_by("-pk").values_list("pk", "rewording__text", "verbatim__words", "reported_wording")[:MOST]
    return [Text(str(pk), reworded or words or reported) for pk, reworded, words, reported in found]
