"""Where higher rooms show something on the pages of comptoirs."""

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Slot
from comptoir.voices.models import Statement
from comptoir.workshops.models import SynthesisVersion, Workshop

draft_documents: Slot[Actor, Workshop] = Slot(
    "workshops.draft_documents", "the documents that can be had from a synthesis in the making"
)
version_documents: Slot[Actor, SynthesisVersion] = Slot(
    "workshops.version_documents", "the documents that can be had from a frozen version"
)
line_pieces: Slot[Actor, Statement] = Slot(
    "workshops.line_pieces", "what a line of a synthesis has become: commitments, answers"
)
workshop_pieces: Slot[Actor, Workshop] = Slot(
    "workshops.workshop_pieces", "what else is made of a comptoir: the codes given to those who spoke"
)
