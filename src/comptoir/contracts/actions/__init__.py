"""What is done to the contract, by subject."""

from comptoir.contracts.actions.bodies import change_body, change_meeting, open_body, plan_meeting
from comptoir.contracts.actions.competences import set_competences, take_up_usual
from comptoir.contracts.actions.contract import (
    change_contract,
    change_convention,
    open_contract,
    open_convention,
    set_perimeter,
    withdraw_convention,
)
from comptoir.contracts.actions.meet_ups import log_meet_up, withdraw_meet_up
from comptoir.contracts.actions.objectives import (
    add_objective,
    adopt_wording,
    comment,
    give_opinion,
    move_objective,
    withdraw_objective,
    write_wording,
)
from comptoir.contracts.actions.referents import add_substitute, assign_referent, end_substitute, end_term, hand_over
from comptoir.contracts.actions.signatories import (
    add_contact,
    add_signatory,
    add_unit,
    change_card,
    change_contact,
    change_signature,
    withdraw_contact,
    withdraw_signatory,
    withdraw_unit,
)

__all__ = [
    "add_contact",
    "add_objective",
    "add_signatory",
    "add_substitute",
    "add_unit",
    "adopt_wording",
    "assign_referent",
    "change_body",
    "change_card",
    "change_contact",
    "change_contract",
    "change_convention",
    "change_meeting",
    "change_signature",
    "comment",
    "end_substitute",
    "end_term",
    "give_opinion",
    "hand_over",
    "log_meet_up",
    "move_objective",
    "open_body",
    "open_contract",
    "open_convention",
    "plan_meeting",
    "set_competences",
    "set_perimeter",
    "take_up_usual",
    "withdraw_contact",
    "withdraw_convention",
    "withdraw_meet_up",
    "withdraw_objective",
    "withdraw_signatory",
    "withdraw_unit",
    "write_wording",
]
