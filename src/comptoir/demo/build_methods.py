"""How the invented evaluation gathers what answers its questions."""

from collections.abc import Sequence
from datetime import date

from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import EvaluativeQuestion

CHOSEN_ON = date(2026, 9, 17)


def build_methods(lead: Actor, questions: Sequence[EvaluativeQuestion]) -> None:
    """Three methods, one with less effort than its page says: the team already has the papers."""
    first, second = questions[:2]
    actions.choose_method(actor=lead, question=first, method="court-questionnaire", hours=16, on=CHOSEN_ON)
    actions.choose_method(actor=lead, question=first, method="groupe-d-habitants", on=CHOSEN_ON)
    actions.choose_method(actor=lead, question=second, method="lire-les-chiffres", on=CHOSEN_ON)
