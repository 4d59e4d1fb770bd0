"""Boards opened for rooms that bring words and know no board (voices.boards)."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion
from comptoir.workshops.actions import add_comptoir, open_workshop


class OwnBoards:
    """A workshop of one comptoir."""

    def open(
        self, *, actor: Actor, title: str, held_on: date | None, speaker_kind: SpeakerKind, subject: Subject,
        columns: Sequence[tuple[HeadingKind, str]],
    ) -> Sequence[Heading]:  # fmt: skip
        workshop = open_workshop(actor=actor, title=title, held_on=held_on)
        comptoir = add_comptoir(
            actor=actor, workshop=workshop, title="Mots libres", subject=subject, speaker_kind=speaker_kind,
            columns=columns,
        )  # fmt: skip
        return list(comptoir.occasion.headings.select_related("occasion").order_by("position", "pk"))

    def address(self, occasion: Occasion) -> str:
        workshop = occasion.comptoir.workshop
        return reverse("board", args=(workshop.space.slug, workshop.code, occasion.code))
