"""What a note being typed resembles: asked when the typing pauses, so a column is read ahead, once, and kept in memory.

Definition: docs/concepts/grouping.md, « À quoi ressemble une note qui arrive ».
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from comptoir.analysis.grouping import Pair, Text
from comptoir.analysis.grouping.index import NoteIndex
from comptoir.audit.models import Entry
from comptoir.spaces.models import Space
from comptoir.voices.actions.lexicon import Method, lexicon_of, method_of
from comptoir.voices.enums import StatementState
from comptoir.voices.models import ChangeStep, Heading, Statement

LEAST = 8
"""Letters from which a note says something that another may have said."""
LATER = 40  # lines not yet read ahead that are compared one by one; beyond, they are read together
COLUMNS = 24  # read columns kept in memory, the last asked for
_LOOKED_AT = 12
_SLOW = timedelta(minutes=2)  # what a transaction that began before may take
_MISSING = 500


@dataclass(slots=True)
class _Read:
    """A column as it was read: parts, each with the words read; the last one read of a line is the one that counts.

    `seen` is the last thing done on the board then, `at` when, `searched` when its suggestions had been computed.
    """

    parts: list[tuple[NoteIndex, dict[str, str]]] = field(default_factory=list)
    later: dict[str, str] = field(default_factory=dict)
    seen: UUID | None = None
    at: datetime | None = None
    searched: datetime | None = None
    busy: Lock = field(default_factory=Lock)

    def take(self, lines: Iterable[Statement], method: Method) -> None:
        """Reads lines that are new, or that were touched."""
        said = ((str(line.pk), line.wording) for line in lines)
        self.later |= {key: words for key, words in said if self.words(key) != words}
        if not self.later or (len(self.later) <= LATER and self.parts):
            return
        tail = {key: words for _, read in self.parts[1:] for key, words in read.items()} | self.later
        self.later = {}
        if self.parts and 4 * len(tail) < len(self.parts[0][1]):
            self.parts = [self.parts[0], _part(tail, method)]
        else:  # the tail has grown: one part again
            self.parts = [_part({**self.parts[0][1], **tail} if self.parts else tail, method)]

    def lines(self) -> set[str]:
        return {line for _, read in self.parts for line in read} | self.later.keys()

    def words(self, line: str) -> str:
        """A line as it was last read."""
        return self.later.get(line) or next((read[line] for _, read in reversed(self.parts) if line in read), "")

    def resembling(self, text: Text, method: Method) -> list[Pair]:
        """The lines that resemble a note, each as it was last read."""
        found: list[Pair] = []
        newer = set(self.later)
        for index, read in reversed(self.parts):
            found += [pair for pair in index.resembles(text, _LOOKED_AT) if pair.b not in newer]
            newer |= read.keys()
        later = [Text(key, words) for key, words in self.later.items()]
        return found + (method.grouping.resembles(text, later, _LOOKED_AT) if later else [])


_read: "OrderedDict[tuple[UUID, str], _Read]" = OrderedDict()
_one_at_a_time = Lock()


def near(heading: Heading, words: str, method: Method) -> list[Pair]:
    """The lines of a column that a note resembles, the surest first, as they are now: never one that was gathered,
    moved or withdrawn since it was read, nor for words that are no longer its own."""
    if len(words.strip()) < LEAST:
        return []
    text = Text("", words)
    read = _column(heading, method)
    found = read.resembling(text, method)
    if not found:
        return []
    lines = Statement.objects.roots().filter(heading=heading, pk__in=[pair.b for pair in found]).with_words()
    now = {str(line.pk): line.wording for line in lines}
    kept = [pair for pair in found if now.get(pair.b) == read.words(pair.b)]
    changed = [Text(key, words) for key, words in now.items() if words != read.words(key)]
    if changed:  # while this was asked
        kept += method.grouping.resembles(text, changed)
    return sorted(kept, key=lambda pair: -pair.score)


def read_ahead(space: Space, headings: Sequence[Heading]) -> None:
    """Reads the columns of a board that opens, beside the request, so that the first pause in the typing finds them
    read. Nothing waits for it, and it does nothing where they are read already."""
    known = {heading for heading, _ in list(_read)}
    wanted = [heading for heading in headings if heading.counted and heading.pk not in known]
    if wanted and settings.READ_AHEAD:
        Thread(target=_read_all, args=(space, wanted), daemon=True).start()


def _read_all(space: Space, headings: Sequence[Heading]) -> None:
    try:
        method = method_of(lexicon_of(space))
        for heading in headings[:COLUMNS]:
            _column(heading, method)
    finally:
        connection.close()


def _column(heading: Heading, method: Method) -> _Read:
    """A column with all that was written or done since it was read."""
    key = (heading.pk, method.digest)
    with _one_at_a_time:
        read = _read.setdefault(key, _Read())
        _read.move_to_end(key)
        while len(_read) > COLUMNS:
            _read.popitem(last=False)
    with read.busy:
        _bring_up_to_date(read, heading, method)
    return read


def _bring_up_to_date(read: _Read, heading: Heading, method: Method) -> None:
    now = timezone.now() - _SLOW
    board = Entry.objects.filter(within_id=heading.occasion_id).order_by("-id")
    last = board.values_list("pk", flat=True).first()
    lines = Statement.objects.filter(heading=heading).with_words().order_by("pk")
    new: list[Statement] = []
    if read.at is None:
        new = list(lines.filter(root_id=F("id")).exclude(state=StatementState.VOID))
    elif last != read.seen:
        since = UUID(int=int(read.at.timestamp() * 1000) << 80)  # identities follow the time
        done = board.filter(pk__gt=since).values_list("details", flat=True)[:_MISSING]
        changes = [details["change"] for details in done if "change" in details]
        steps = ChangeStep.objects.filter(change__in=changes)
        new = list(lines.filter(pk__in=steps.values("statement")))
    if read.at is not None and heading.searched_at != read.searched:  # an import has ended, or many things were done
        known = {UUID(key) for key in read.lines()}
        missing = [pk for pk in lines.values_list("pk", flat=True) if pk not in known]
        new += lines.filter(pk__in=missing[:_MISSING])
    read.take(new, method)
    read.seen, read.at, read.searched = last, now, heading.searched_at


def _part(lines: dict[str, str], method: Method) -> tuple[NoteIndex, dict[str, str]]:
    return method.grouping.index([Text(key, words) for key, words in lines.items()]), lines
