"""The contract of a territory and those who carry it, by subject."""

from comptoir.contracts.models.bodies import GoverningBody, Meeting
from comptoir.contracts.models.contract import (
    CityContract,
    ContractArea,
    ContractNeighbourhood,
    LocalConvention,
    Signatory,
    SignatoryUnit,
)
from comptoir.contracts.models.objectives import Objective, ObjectiveComment, ObjectiveOpinion, ObjectiveWording
from comptoir.contracts.models.people import Competence, Contact, Handover, MeetUp, Referent, Substitute

__all__ = [
    "CityContract",
    "Competence",
    "Contact",
    "ContractArea",
    "ContractNeighbourhood",
    "GoverningBody",
    "Handover",
    "LocalConvention",
    "MeetUp",
    "Meeting",
    "Objective",
    "ObjectiveComment",
    "ObjectiveOpinion",
    "ObjectiveWording",
    "Referent",
    "Signatory",
    "SignatoryUnit",
    "Substitute",
]
