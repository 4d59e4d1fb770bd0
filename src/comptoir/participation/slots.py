"""What higher rooms may show on the pages of surveys."""

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Slot
from comptoir.participation.models import Survey

result_pieces: Slot[Actor, Survey] = Slot(
    "participation.result_pieces", "what to do with the results of a survey: bring them to a question of an evaluation"
)
