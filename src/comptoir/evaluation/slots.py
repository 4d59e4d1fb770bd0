"""Where higher rooms show something on the pages of an evaluation."""

from comptoir.accounts.models import Actor
from comptoir.evaluation.models import Evaluation, Restitution
from comptoir.kit.slots import Slot

report_documents: Slot[Actor, Evaluation] = Slot(
    "evaluation.report_documents", "the report of an evaluation, to take away"
)
restitution_documents: Slot[Actor, Restitution] = Slot(
    "evaluation.restitution_documents", "what is made of a frozen evaluation, to take away"
)
