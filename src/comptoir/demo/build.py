"""Builds the demonstration through the same actions as a person would use. Demo, tests and screenshots share it."""

import io
from datetime import UTC, datetime

from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from comptoir.accounts.actions import change_look, give_role, open_space
from comptoir.accounts.demo_accounts import PASSWORD
from comptoir.accounts.enums import OrganisationKind, Role
from comptoir.accounts.models import Actor, Organisation, Person
from comptoir.demo.build_answers import build_answers
from comptoir.demo.build_bilans import build_bilans
from comptoir.demo.build_check_ins import build_check_ins
from comptoir.demo.build_commitments import build_commitments
from comptoir.demo.build_contract_text import build_agreements, build_contract_text
from comptoir.demo.build_contracts import build_contract
from comptoir.demo.build_evaluation import build_evaluation
from comptoir.demo.build_life import build_life
from comptoir.demo.build_lists import build_lists
from comptoir.demo.build_methods import build_bets
from comptoir.demo.build_observatory import build_observatory, load_public_series
from comptoir.demo.build_people import furnish
from comptoir.demo.build_surveys import build_surveys
from comptoir.demo.build_territories import draw_local_areas, load_territories
from comptoir.demo.build_thread import build_thread
from comptoir.demo.build_workshops import build_workshops
from comptoir.demo.content import COMPTOIRS_2026, PEOPLE, SPACE, SYNTHESIS_2025, DemoComptoir, Speaker
from comptoir.spaces.models import Space
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Statement
from comptoir.workshops.actions import (
    add_comptoir,
    confirm_import,
    open_workshop,
    publish,
    receive,
    set_choices,
    validate,
)
from comptoir.workshops.models import SynthesisVersion, Workshop

LAST_YEAR = datetime(2025, 10, 21, 9, 30, tzinfo=UTC)
SPEAKERS = {Speaker.PROFESSIONAL: SpeakerKind.PROFESSIONALS, Speaker.RESIDENT: SpeakerKind.RESIDENTS}


def build() -> Space:
    """The invented agglomeration, whole. Built once: a second call returns what is there."""
    found = Space.objects.filter(slug=SPACE.slug).first()
    if found:
        return found
    with transaction.atomic():
        load_territories()
        load_public_series()
        lead = _people()
        furnish(lead)
        change_look(actor=lead, name=SPACE.name, colour=SPACE.accent, footer=SPACE.footer, logo=draw_logo())
        draw_local_areas(lead)
        _last_year(lead)
        _this_year(lead)
        build_workshops(lead)
        contract = build_contract(lead)
        build_commitments(lead, contract)
        build_check_ins(lead, contract)
        build_surveys(lead)
        build_evaluation(lead, contract)
        build_life(lead, contract)
        build_thread(lead, contract)
        build_contract_text(lead, contract)
        build_agreements(lead, contract)
        build_lists(lead)
        build_answers(lead)
        build_observatory(lead)
        build_bilans(lead)
        build_bets(lead)
    return Space.objects.get(slug=SPACE.slug)


def _people() -> Actor:
    rows = {
        one.key: Organisation.objects.create(name=one.name, short_name=one.short_name, kind=OrganisationKind(one.kind))
        for one in SPACE.organisations
    }
    lead: Actor | None = None
    for someone in sorted(PEOPLE, key=lambda p: p.role != Role.PROJECT_LEAD):
        person = Person.objects.create_user(email=someone.email, name=someone.name, password=PASSWORD)
        organisation = rows.get(someone.organisation)
        if lead is None:
            lead = open_space(
                slug=SPACE.slug, name=SPACE.name, lead=person, organisation=organisation, time_zone=SPACE.time_zone
            )
        else:
            give_role(actor=lead, person=person, role=Role(someone.role), organisation=organisation)
    assert lead is not None
    return lead


def _last_year(lead: Actor) -> None:
    source = receive(actor=lead, content=SYNTHESIS_2025.encode())
    set_choices(
        actor=lead, source=source, title=source.title or "Synthèse des comptoirs de 2025",
        held_on=datetime(2025, 10, 7, tzinfo=UTC).date(), speaker_kind=SpeakerKind.PROFESSIONALS, workshop=None,
        mapping={},
    )  # fmt: skip
    confirm_import(actor=lead, source=source, back_url="/")
    source.refresh_from_db()
    assert source.workshop is not None
    version = publish(actor=lead, version=validate(actor=lead, workshop=source.workshop))
    SynthesisVersion.objects.filter(pk=version.pk).update(validated_at=LAST_YEAR, published_at=LAST_YEAR)


def _this_year(lead: Actor) -> None:
    first = COMPTOIRS_2026[0]
    workshop = open_workshop(
        actor=lead, title="Comptoirs d'automne : ce qu'on garde, ce qu'on évite, ce qu'on essaie",
        held_on=first.held_on, place=first.place,
    )  # fmt: skip
    for comptoir in COMPTOIRS_2026:
        _comptoir(lead, workshop, comptoir)


def _comptoir(lead: Actor, workshop: Workshop, content: DemoComptoir) -> None:
    comptoir = add_comptoir(
        actor=lead, workshop=workshop, title=content.title, subject=Subject(content.subject),
        speaker_kind=SpeakerKind.MIXED,
        columns=[(HeadingKind(kind), label) for kind, label in content.labels.items()],
    )  # fmt: skip
    headings = {heading.kind: heading for heading in comptoir.occasion.headings.all()}
    lines: dict[str, Statement] = {}
    for note in content.notes:
        lines[note.key] = voices.add_note(
            actor=lead, heading=headings[note.column], words=note.text, tally=note.tally, table=note.table,
            speaker_kind=SPEAKERS[note.speaker],
        )  # fmt: skip
    for group in content.groups:
        kept, *others = (lines[key] for key in group.keys)
        for other in others:
            voices.gather(actor=lead, kept=kept, absorbed=other)
        if group.wording:
            voices.reword(actor=lead, line=kept, text=group.wording)
    for first, second in content.apart:
        voices.keep_apart(actor=lead, first=lines[first], second=lines[second])
    for heading in headings.values():
        voices.refresh_resemblances(heading)


def draw_logo() -> bytes:
    """A logo made of the initials of the invented agglomeration, as a PNG."""
    picture = Image.new("RGBA", (360, 360), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, 359, 359), radius=90, fill=SPACE.colour)
    pen.arc((60, 190, 300, 330), start=200, end=340, fill="#f4b942", width=22)
    font = ImageFont.load_default(size=150)
    pen.text((180, 150), SPACE.initials, font=font, fill="#ffffff", anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
