"""Where higher rooms show something on the pages of commitments."""

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import CityContract, Signatory
from comptoir.kit.slots import Slot

commitment_pieces: Slot[Actor, Commitment] = Slot(
    "commitments.commitment_pieces", "beside the step back and the step on: the whole thread of a commitment"
)
signatory_documents: Slot[Actor, Signatory] = Slot(
    "commitments.signatory_documents", "the sheet of a signatory, as a document to print and sign"
)
contract_documents: Slot[Actor, CityContract] = Slot(
    "commitments.contract_documents", "the sheets of all the signatories, in one file"
)
