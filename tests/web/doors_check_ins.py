"""The doors of check-ins and of « Ma semaine ». What a link opens without an account: tests/commitments."""

from datetime import date
from typing import Any

from doors import LEAD, TEAM, Door

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInRequest
from comptoir.contracts.actions import add_contact, add_signatory, open_contract

TELLING = TEAM | {Role.REFERENT}
ROUND = {"starts_on": "2099-06-01", "spread_days": "3", "per_person": "5", "substitute_after": "0"}
RHYTHM = {"every_months": "3", "spread_days": "3", "per_person": "5", "substitute_after": "0"}
ONE, PERSON = ("{check_in_round}",), ("{check_in_round}", "{check_in_person}")

DOORS = (
    Door("week", TEAM),
    Door("check_ins", TEAM),
    Door("check_in_new", LEAD),
    Door("check_in_new", LEAD, post=ROUND | {"voir": "1"}),
    Door("check_in_rhythm", LEAD),
    Door("check_in_rhythm", LEAD, post=RHYTHM),
    Door("check_in_tell", TELLING, ("{check_in_commitment}",)),
    Door("check_in_tell", TELLING, ("{check_in_commitment}",), {"answer": "ongoing", "channel": "phone"}),
    Door("check_in_round", TEAM, ONE),
    Door("check_in_close", LEAD, ONE, {}),
    Door("check_in_reopen", LEAD, ONE, {}),
    Door("check_in_sheets", TEAM, ONE),
    Door("check_in_person", TEAM, PERSON),
    Door("check_in_person", TEAM, PERSON, {"channel": "phone"}),
    Door("check_in_unreached", TEAM, PERSON, {}),
    Door("check_in_again", LEAD, PERSON, {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A round of a contract of its own: somebody of the referent's organisation is asked about one commitment."""
    contract = open_contract(actor=lead, name="Contrat interrogé", starts_on=date(2020, 1, 1))
    own = organisation_named("Régie de quartier")
    assert own is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=own)
    someone = add_contact(actor=lead, signatory=signatory, name="Zélie", email="zelie@exemple.fr")
    commitment = actions.write(actor=lead, signatory=signatory, wording="Rouvrir la loge", contact=someone)
    day = date(2026, 11, 2)
    found = actions.open_round(
        actor=lead, contract=contract, on=day, starts_on=day, spread_days=1, per_person=5, substitute_after=0
    )
    CheckInRequest.objects.update(delivery="sent")
    return {
        "check_in_round": found.code, "check_in_person": someone.code, "check_in_commitment": commitment.code,
    }  # fmt: skip
