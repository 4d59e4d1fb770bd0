"""Words that come from a room beside that of the boards: that room says here how it opens one, and where it is read.

The room of the comptoirs registers itself when it loads; a room that only knows voices calls `open_board`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from comptoir.accounts.models import Actor
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion


class Boards(Protocol):
    """What the room of the boards does for others."""

    def open(
        self, *, actor: Actor, title: str, held_on: date | None, speaker_kind: SpeakerKind, subject: Subject,
        columns: Sequence[tuple[HeadingKind, str]],
    ) -> Sequence[Heading]: ...  # fmt: skip

    def address(self, occasion: Occasion) -> str: ...


_boards: list[Boards] = []


def register(boards: Boards) -> None:
    _boards[:] = [boards]


def open_board(
    *, actor: Actor, title: str, held_on: date | None, speaker_kind: SpeakerKind, subject: Subject,
    columns: Sequence[tuple[HeadingKind, str]],
) -> list[Heading]:  # fmt: skip
    """A board with these columns, in their order."""
    opened = _boards[0].open(
        actor=actor, title=title, held_on=held_on, speaker_kind=speaker_kind, subject=subject, columns=columns
    )
    return list(opened)


def address_of(occasion: Occasion) -> str:
    """Where the board of an occasion is read."""
    return _boards[0].address(occasion)
