"""What the invented evaluation gives back in November 2026, through the actions that people use. All of it invented."""

from collections.abc import Sequence
from datetime import date

from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.enums import LearningStep, LessonKind, Moment
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion

FROZEN_ON = date(2026, 11, 20)
TOLD_ON = date(2026, 11, 24)
OUTDOORS = "Réunion au pied des tours"
ANSWERS = (
    "Une réponse, oui, six fois sur dix ; une date qui tient, pas encore.",
    "Pas encore partout : deux quartiers sur cinq attendent leur première affiche.",
)
PLAIN = (
    (
        "Le bailleur répond-il quand on signale une panne ?",
        "Il répond 6 fois sur 10.\nIl donne souvent une date.\nParfois, la date passe et rien n'est réparé.",
    ),
)
LESSONS = (
    (
        LessonKind.KEEP,
        "Écrire la mesure avec l'engagement : ceux qui en avaient une sont les seuls que l'on sait juger.",
    ),
    (LessonKind.STOP, "Demander les chiffres un mois avant le rapport : il en faut trois, et la permission d'abord."),
)
SKILLS = (
    (LearningStep.COLLECTING, "Conseil citoyen de Cantepau", "Préparer et mener un entretien de dix minutes."),
    (LearningStep.JUDGING, "Groupe technique", "Lire un état annuel et dire ce qu'il ne montre pas."),
)


def build_restitution(lead: Actor, evaluation: Evaluation, questions: Sequence[EvaluativeQuestion]) -> None:
    """Answers to the first questions, and the evaluation frozen at mid-term."""
    for question, text in zip(questions, ANSWERS, strict=False):
        actions.write_answer(actor=lead, question=question, text=text)
    state = actions.freeze(actor=lead, evaluation=evaluation, moment=Moment.MIDTERM, on=FROZEN_ON)
    for question, (asked, answer) in zip(questions, PLAIN, strict=False):
        actions.write_plain(actor=lead, restitution=state, asked=str(question.pk), question=asked, answer=answer)
    _told_outdoors(lead, evaluation, questions)
    for kind, text in LESSONS:
        actions.keep_lesson(actor=lead, evaluation=evaluation, kind=kind, text=text, on=FROZEN_ON)
    for step, who, text in SKILLS:
        actions.log_skill(actor=lead, evaluation=evaluation, step=step, who=who, text=text, on=FROZEN_ON)


def _told_outdoors(lead: Actor, evaluation: Evaluation, questions: Sequence[EvaluativeQuestion]) -> None:
    """What was said at the foot of the towers, in plain words that everybody reads: one question, the others left."""
    state = actions.freeze(actor=lead, evaluation=evaluation, moment=Moment.FREE, name=OUTDOORS, on=TOLD_ON)
    asked, answer = PLAIN[0]
    for one in state.content["questions"]:
        first = one["id"] == str(questions[0].pk)
        actions.write_plain(
            actor=lead, restitution=state, asked=one["id"], question=asked if first else "",
            answer=answer if first else "", left_out=not first,
        )  # fmt: skip
    actions.say_reread(actor=lead, restitution=state, whom="5 habitants des tours", on=TOLD_ON, today=TOLD_ON)
    actions.publish_plain(actor=lead, restitution=state, on=TOLD_ON)
