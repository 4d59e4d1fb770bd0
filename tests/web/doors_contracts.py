"""The doors of the contract: its pages, its signatories, their referents, objectives and bodies."""

from datetime import date
from typing import Any

from doors import EVERYONE, LEAD, TEAM, Door

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.enums import Level

CARD = frozenset({Role.PROJECT_LEAD, Role.REFERENT})
DETAILS = TEAM | {Role.REFERENT}
COMMENTING = DETAILS | {Role.ELECTED_OFFICIAL, Role.COUNCIL_MEMBER}
MEETING_UP = DETAILS | {Role.ELECTED_OFFICIAL}
C = "{contract}"
S = (C, "{signatory}")
T = (*S, "{term}")
GOAL = (C, "{objective}")
W = (*GOAL, "1")
DAY = "2026-11-02"
CONTRACT = {"name": "Quartiers 2030", "generation": "2024", "starts_on": "", "ends_on": "", "published_code": ""}
PERSON = {"name": "Ilyès Marbeuf", "position": "", "email": "", "phone": ""}


def form(name: str, may: frozenset[Role], args: tuple[str, ...], post: dict[str, str]) -> tuple[Door, Door]:
    """A page with a form, and what it sends."""
    return Door(name, may, args), Door(name, may, args, post)


DOORS = (
    Door("contract_home", EVERYONE),
    *form("contract_new", LEAD, (), CONTRACT),
    Door("contract", EVERYONE, (C,)),
    *form("contract_edit", LEAD, (C,), CONTRACT),
    *form("contract_perimeter", LEAD, (C,), {"codes": "QN08106M"}),
    *form("convention_new", LEAD, (C,), {"name": "Convention de Carmaux"}),
    Door("convention", EVERYONE, (C, "{convention}")),
    *form("convention_edit", LEAD, (C, "{convention}"), {"name": "Convention"}),
    Door("convention_withdraw", LEAD, (C, "{convention}"), {}),
    Door("signatories", EVERYONE, (C,)),
    *form("signatory_new", LEAD, (C,), {"kind": "town", "name": "Ville de Gaillac", "signed_on": "", "missions": ""}),
    Door("signatory", EVERYONE, S),
    *form("signatory_edit", CARD, S, {"missions": "Loger", "reached_at": "", "kind": "landlord", "signed_on": DAY}),
    Door("signatory_withdraw", LEAD, S, {}),
    *form("unit_new", CARD, S, {"name": "Direction de la jeunesse", "missions": ""}),
    Door("unit_withdraw", CARD, (*S, "{unit}"), {}),
    *form("contact_new", CARD, S, {"name": "Ilyès Marbeuf"}),
    *form("contact_edit", CARD, (*S, "{contact}"), {"name": "Ilyès Marbeuf"}),
    Door("contact_withdraw", CARD, (*S, "{contact}"), {}),
    *form("competences_edit", CARD, S, {"part": "3.1:decides"}),
    Door("competences_usual", CARD, S, {}),
    *form("referent_new", CARD, S, PERSON | {"unit": "{unit_id}", "starts_on": DAY}),
    *form("substitute_new", CARD, T, PERSON | {"starts_on": DAY}),
    *form("substitute_end", CARD, (*T, "{substitute}"), {"ends_on": DAY}),
    *form("referent_hand_over", CARD, T, PERSON | {"starts_on": "2026-12-01", "note": "", "passed_on": ""}),
    *form("referent_end", CARD, T, {"ends_on": DAY}),
    *form("meet_up_new", MEETING_UP, (C,), {"signatories": "{signatory_id}", "held_on": DAY}),
    Door("meet_up_withdraw", LEAD, (C, "{met}"), {}),
    Door("contacts", DETAILS, (C,)),
    Door("who_does_what", EVERYONE, (C,)),
    Door("competences", EVERYONE, (C,)),
    Door("objectives", EVERYONE, (C,)),
    *form("objective_new", LEAD, (C,), {"text": "Réduire le renoncement aux soins", "theme": "2.1"}),
    Door("objective", EVERYONE, GOAL),
    *form("wording_new", DETAILS, GOAL, {"text": "Que chacun se soigne", "reason": "", "based_on": "1"}),
    Door("wording_differences", EVERYONE, GOAL),
    Door("objective_move", LEAD, GOAL, {"way": "up"}),
    Door("objective_withdraw", LEAD, GOAL, {}),
    Door("wording_adopt", LEAD, W, {}),
    *form("wording_comment", COMMENTING, W, {"text": "Et les jeunes ?"}),
    *form("wording_opinion", CARD, W, {"signatory": "{signatory_id}", "stance": "approves", "given_on": DAY}),
    Door("bodies", EVERYONE, (C,)),
    *form("body_new", LEAD, (C,), {"kind": "steering", "name": "Comité de pilotage"}),
    *form("body_edit", LEAD, (C, "{body}"), {"kind": "steering", "name": "COPIL"}),
    *form("meeting_new", LEAD, (C, "{body}"), {"held_on": DAY}),
    Door("meeting", EVERYONE, (C, "{meeting}")),
    *form("meeting_edit", LEAD, (C, "{meeting}"), {"held_on": DAY, "validated_on": DAY}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A contract, a signatory for which the referent of the tests speaks, its people, an objective, a body."""
    day = date(2026, 10, 1)
    contract = actions.open_contract(actor=lead, name="Contrat de Val-Clair")
    organisation = organisation_named("Régie de quartier")
    assert organisation is not None
    signatory = actions.add_signatory(actor=lead, contract=contract, organisation=organisation)
    unit = actions.add_unit(actor=lead, signatory=signatory, name="Direction du patrimoine")
    first, second, third = (
        actions.add_contact(actor=lead, signatory=signatory, name=name) for name in ("Noé", "Salma", "Anouk")
    )
    term = actions.assign_referent(actor=lead, signatory=signatory, contact=first, starts_on=day)
    actions.add_substitute(actor=lead, term=term, contact=second, starts_on=day)
    objective = actions.add_objective(actor=lead, contract=contract, text="Mieux se soigner")
    body = actions.open_body(actor=lead, contract=contract, name="COPIL")
    met = actions.log_meet_up(actor=lead, contract=contract, signatories=[signatory], held_on=day)
    assert objective.level == Level.ORIENTATION
    return {
        "contract": contract.code, "signatory": signatory.code, "signatory_id": str(signatory.pk), "unit": unit.code,
        "unit_id": str(unit.pk), "contact": third.code, "term": term.code, "substitute": second.code,
        "objective": objective.code, "body": body.code, "met": met.code,
        "convention": actions.open_convention(actor=lead, contract=contract, name="Convention").code,
        "meeting": actions.plan_meeting(actor=lead, body=body, held_on=day).code,
    }  # fmt: skip
