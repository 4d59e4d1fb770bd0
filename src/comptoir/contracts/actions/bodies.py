"""The bodies of the contract and their meetings."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_may_edit, said
from comptoir.contracts.enums import BodyKind
from comptoir.contracts.models import CityContract, GoverningBody, Meeting
from comptoir.kit.errors import Invalid


@transaction.atomic
def open_body(
    *, actor: Actor, contract: CityContract, name: str, kind: str = BodyKind.STEERING, chaired_by: str = "",
    rhythm: str = "", validates: bool = False,
) -> GoverningBody:  # fmt: skip
    """A body that follows the contract."""
    check_may_edit(actor, contract)
    body = GoverningBody(space=actor.space, contract=contract)
    return _write_body(
        actor, body, "contracts.open_body", "Instance ouverte", name, kind, chaired_by, rhythm, validates
    )


@transaction.atomic
def change_body(
    *, actor: Actor, body: GoverningBody, name: str, kind: str, chaired_by: str, rhythm: str, validates: bool
) -> GoverningBody:
    """Correct what is said of a body."""
    check_may_edit(actor, body.contract)
    return _write_body(
        actor, body, "contracts.change_body", "Instance corrigée", name, kind, chaired_by, rhythm, validates
    )


def _write_body(
    actor: Actor, body: GoverningBody, action: str, label: str, name: str, kind: str, chaired_by: str, rhythm: str,
    validates: bool,
) -> GoverningBody:  # fmt: skip
    body.name = said(name, "name", "Donnez un nom à l'instance.")[:160]
    body.kind, body.chaired_by, body.rhythm = kind, chaired_by.strip()[:200], rhythm.strip()[:120]
    body.validates = validates
    body.save()
    journal.write(actor, action, label, body.pk, within_id=body.contract_id)
    return body


@transaction.atomic
def plan_meeting(*, actor: Actor, body: GoverningBody, held_on: date, place: str = "", subject: str = "") -> Meeting:
    """A meeting of a body, to come or already held. The same day twice is the same meeting."""
    check_may_edit(actor, body.contract)
    meeting, new = Meeting.objects.get_or_create(
        space=actor.space, body=body, held_on=held_on, withdrawn_at=None,
        defaults={"place": place.strip()[:200], "subject": subject.strip()[:200]},
    )  # fmt: skip
    if not new:
        raise Invalid("Cette instance a déjà une réunion ce jour-là.", field="held_on")
    journal.write(actor, "contracts.plan_meeting", "Réunion notée", meeting.pk, within_id=body.contract_id)
    return meeting


@transaction.atomic
def change_meeting(
    *, actor: Actor, meeting: Meeting, held_on: date, place: str, subject: str, validated_by: str,
    validated_on: date | None,
) -> Meeting:  # fmt: skip
    """Correct a meeting; say who validated its record, and when."""
    check_may_edit(actor, meeting.body.contract)
    if validated_on is not None and validated_on < held_on:
        raise Invalid("Un relevé est validé après la réunion.", field="validated_on")
    meeting.held_on, meeting.place, meeting.subject = held_on, place.strip()[:200], subject.strip()[:200]
    meeting.validated_by, meeting.validated_on = validated_by.strip()[:200], validated_on
    meeting.save()
    journal.write(actor, "contracts.change_meeting", "Réunion corrigée", meeting.pk, within_id=meeting.body.contract_id)
    return meeting
