"""The evaluation of the invented contract, through the actions that people use."""

from datetime import date
from decimal import Decimal

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.contracts.models import CityContract, Meeting
from comptoir.demo.build_methods import build_methods, build_thanks
from comptoir.demo.build_restitution import build_restitution
from comptoir.demo.content import SPACE, surveys
from comptoir.demo.content import evaluation as content
from comptoir.demo.content.evaluation import DemoQuestion
from comptoir.evaluation import actions
from comptoir.evaluation.enums import FindingKind, Kit, Moment, QuestionStatus, Scope
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion
from comptoir.participation.reading import tallied
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine

OPENED_ON = date(2026, 9, 3)
JUDGED_ON = date(2026, 11, 14)
SURVEYED_ON = date(2026, 11, 17)  # the day after its counts were stopped, before the evaluation is frozen


def build_evaluation(lead: Actor, contract: CityContract) -> None:
    """Framed, signed, questions chosen, a first answer judged by two colleges that disagree."""
    evaluation = actions.open_evaluation(
        actor=lead, contract=contract, name="Évaluation à mi-parcours", ends_on=content.ENDS_ON
    )
    actions.change(
        actor=lead, evaluation=evaluation, kit=Kit.LIGHT, ends_on=content.ENDS_ON,
        scope=[Scope.GOVERNANCE, Scope.OUTPUTS, Scope.OUTCOMES], budget=Decimal(12_000),
        contract_money=Decimal(1_450_000), days=24,
    )  # fmt: skip
    for point, text in content.NOTES.items():
        actions.write(actor=lead, evaluation=evaluation, point=point, text=text)
    for user, use, due_on in content.USES:
        actions.add_use(actor=lead, evaluation=evaluation, user=user, use=use, due_on=due_on)
    committee = Meeting.objects.filter(
        body__contract=contract, body__validates=True, held_on__lte=content.SIGNED_BEFORE
    ).order_by("-held_on", "pk").first()  # fmt: skip
    if committee is not None:
        actions.sign(actor=lead, evaluation=evaluation, meeting=committee, signed_by="le comité de pilotage")
        actions.freeze(actor=lead, evaluation=evaluation, moment=Moment.FRAMED, on=committee.held_on)
    made = [_question(lead, evaluation, question) for question in content.QUESTIONS]
    _evidence(lead, made[0], made[1])
    _votes(lead, made)
    text, key, due_on = content.RECOMMENDATION
    names = {one.key: one.name for one in SPACE.organisations}
    actions.recommend(
        actor=lead, evaluation=evaluation, text=text, question=made[0], due_on=due_on, on=JUDGED_ON,
        signatory=contract.signatories.get(organisation__name=names[key]),
    )  # fmt: skip
    build_methods(lead, made)
    build_thanks(lead, evaluation)
    build_restitution(lead, evaluation, made)


def _question(lead: Actor, evaluation: Evaluation, said: DemoQuestion) -> EvaluativeQuestion:
    question = actions.propose(
        actor=lead, evaluation=evaluation, text=said.text, college=said.college, proposed_by=said.proposed_by
    )
    for college, number in said.hands:
        actions.count_hands(actor=lead, question=question, college=college, number=number, on=OPENED_ON)
    actions.specify(
        actor=lead, question=question, criterion=said.criterion or "", scope=said.scope or "",
        leverage=said.leverage, leverage_note=said.leverage_note,
    )  # fmt: skip
    if said.kept:
        actions.settle(actor=lead, question=question, status=QuestionStatus.KEPT)
    elif said.parked:
        actions.settle(actor=lead, question=question, status=QuestionStatus.PARKED, reason=said.parked)
    for nature, label, whence, owner, due_on, days in said.sources:
        actions.plan(
            actor=lead, question=question, nature=nature, label=label, whence=whence, owner=owner, due_on=due_on,
            days=Decimal(days), on=OPENED_ON,
        )  # fmt: skip
    for label, figure, unit, period, whence in said.figures:
        actions.bring(
            actor=lead, question=question, kind=FindingKind.FIGURE, text=label, figure=Decimal(figure), unit=unit,
            period=period, whence=whence, source=question.sources.filter(label=label).first(), on=JUDGED_ON,
        )  # fmt: skip
    if said.note:
        actions.bring(actor=lead, question=question, kind=FindingKind.NOTE, text=said.note, on=JUDGED_ON)
    for college, verdict, confidence, reasons, by in said.judged:
        actions.judge(
            actor=lead, question=question, college=college, verdict=verdict, confidence=confidence, reasons=reasons,
            given_by=by, on=JUDGED_ON,
        )  # fmt: skip
    return question


def _evidence(lead: Actor, first: EvaluativeQuestion, second: EvaluativeQuestion) -> None:
    """A commitment and answers to a survey for the first question; for the second, the most said of a synthesis."""
    commitment = first.evaluation.contract.commitments.filter(wording__text__startswith="Répondre sous dix").first()
    if commitment is not None:
        actions.bring(actor=lead, question=first, kind=FindingKind.COMMITMENT, commitment=commitment, on=JUDGED_ON)
    repair = tallied().filter(space=lead.space, text=surveys.REPAIR).first()
    if repair is not None:
        actions.bring(actor=lead, question=first, kind=FindingKind.SURVEY, survey_question=repair, on=SURVEYED_ON)
    published = SynthesisLine.objects.filter(
        version__workshop__space=lead.space, version__state=VersionState.PUBLISHED
    ).select_related("version__workshop")  # fmt: skip
    line = published.order_by("-occurrences", "pk").first()
    if line is not None:
        actions.bring(actor=lead, question=second, kind=FindingKind.VOICE, line=line, on=JUDGED_ON)


def _votes(lead: Actor, questions: list[EvaluativeQuestion]) -> None:
    """Members choose on line too: the council member, the elected official, the evaluator."""
    rows = Membership.objects.select_related("person", "space", "organisation").filter(space=lead.space)
    for role, chosen in (
        (Role.COUNCIL_MEMBER, (0, 3)), (Role.ELECTED_OFFICIAL, (1, 4)), (Role.EVALUATOR, (0, 1)),
    ):  # fmt: skip
        member = rows.filter(role=role).order_by("pk").first()
        if member is not None:
            for at in chosen:
                actions.choose(actor=Actor.of(member), question=questions[at], on=True)
