"""Where higher rooms show something on the pages of the contract."""

from dataclasses import dataclass
from datetime import date

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract, Meeting, Objective, ObjectiveWording, Referent, Signatory
from comptoir.kit.slots import Feed, Slot


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody. `what`: a few words (« pièce à confirmer »); `text`: of what, or how many;
    `url`: where it is done; `since`: the day from which it has waited."""

    what: str
    text: str
    url: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day to come: what falls on it, and where to read about it."""

    on: date
    what: str
    text: str
    url: str = ""


waiting_for_me: Feed[Actor, CityContract, Waiting] = Feed(
    "contracts.waiting_for_me", "what waits for this person on a contract, on its dashboard"
)
dates_ahead: Feed[Actor, CityContract, Ahead] = Feed(
    "contracts.dates_ahead", "the days to come that rooms know of, on the dashboard of a contract"
)
contract_pieces: Slot[Actor, CityContract] = Slot(
    "contracts.contract_pieces",
    "what the rooms above keep from former contracts, on the page of the one that follows",
)
objective_pieces: Slot[Actor, Objective] = Slot(
    "contracts.objective_pieces", "what an objective has become: commitments, actions"
)
wording_sources: Slot[Actor, ObjectiveWording] = Slot(
    "contracts.wording_sources", "the statements that a wording of an objective cites"
)
signatory_commitments: Slot[Actor, Signatory] = Slot(
    "contracts.signatory_commitments", "the open commitments of a signatory, on its card"
)
handover_pieces: Slot[Actor, Referent] = Slot(
    "contracts.handover_pieces", "what a referent passes on: open commitments, expected answers"
)
meeting_agenda: Slot[Actor, Meeting] = Slot("contracts.meeting_agenda", "the agenda and the record of a meeting")
