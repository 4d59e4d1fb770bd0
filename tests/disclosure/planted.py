"""An instance in which small cells are planted, wherever it publishes numbers of people: for the auditor to attack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract, set_perimeter
from comptoir.evaluation import actions as evaluation
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion, Restitution
from comptoir.observatory.actions import add_indicator, add_supplier, give_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Direction, IndicatorKind, Territory
from comptoir.observatory.models import Indicator
from comptoir.participation import actions as surveys
from comptoir.participation.enums import Channel
from comptoir.participation.models import Survey
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.voices import actions as voices
from comptoir.voices.enums import SpeakerKind, Subject
from comptoir.workshops.actions import add_comptoir, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import SynthesisVersion

TODAY = date(2026, 11, 26)
NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail", "QN99003N": "La Plaine", "QN99004N": "Les Bords"}
ALL = "Ensemble"
SEXES = {ALL: "Jeunes suivis", "Femmes": "Jeunes suivis : femmes", "Hommes": "Jeunes suivis : hommes"}
# The small cells (7, then 4) stand in tables whose every sum is published. Each large number is found nowhere else.
YEARS: dict[int, dict[str, tuple[int, int]]] = {
    2024: {"QN99001N": (1613, 1857), "QN99002N": (2207, 2431), "QN99003N": (3271, 4), "QN99004N": (4093, 4817)},
    2025: {"QN99001N": (1741, 1968), "QN99002N": (7, 2543), "QN99003N": (3389, 3037), "QN99004N": (4217, 4951)},
}
# (neighbourhood, whether they go to the park, what has changed) → answers
ANSWERS: dict[tuple[int, int, int], int] = {
    (0, 0, 0): 14, (0, 1, 1): 13, (0, 1, 2): 2, (1, 0, 0): 15, (1, 0, 1): 12, (1, 1, 2): 16,
}  # fmt: skip
PLACES = ("Les Tilleuls", "Le Mail")
# What residents feel, by place: better, the same, worse; the first of them is the whole.
FELT = {"": (31, 29, 17), "QN99001N": (14, 12, 15), "QN99002N": (17, 17, 2)}
FIGURES = (("femmes", 8), ("hommes", 6131), ("participants", 6139))
NOTES = {SpeakerKind.RESIDENTS: 20, SpeakerKind.ELECTED_OFFICIALS: 2}
TABLES = {SpeakerKind.RESIDENTS: "Table Nord", SpeakerKind.ELECTED_OFFICIALS: "Table Sud"}


@dataclass
class Instance:
    """What was planted, and who reads it."""

    lead: Actor
    reader: Actor
    evaluator: Actor
    indicators: dict[str, Indicator]
    survey: Survey
    version: SynthesisVersion
    evaluation: Evaluation
    question: EvaluativeQuestion
    state: Restitution


def instance(lead: Actor, member: Callable[[str], Actor]) -> Instance:
    """Built by the actions that people use; all that can be published is."""
    made = indicators(lead)
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    set_perimeter(actor=lead, contract=contract, codes=sorted(NAMES))
    survey, version = surveyed(lead), synthesis(lead)
    ran = evaluation.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    question = asked(lead, ran, made, survey)
    state = evaluation.freeze(actor=lead, evaluation=ran, moment="midterm", on=TODAY)
    evaluation.write_plain(actor=lead, restitution=state, asked=str(question.pk), question="Qui est suivi ?",
                           answer="Des jeunes.")  # fmt: skip
    evaluation.say_reread(actor=lead, restitution=state, whom="Le conseil citoyen", on=TODAY, today=TODAY)
    evaluation.publish_plain(actor=lead, restitution=state, on=TODAY)
    return Instance(lead, member(Role.READER), member(Role.EVALUATOR), made, survey, version, ran, question, state)


def indicators(lead: Actor) -> dict[str, Indicator]:
    """A count and its two parts, of four neighbourhoods and their whole, two years in a row."""
    supplier = add_supplier(actor=lead, name="Mission locale", purpose="Suivre", threshold=11)
    made: dict[str, Indicator] = {}
    for sex, name in SEXES.items():
        made[sex] = add_indicator(
            actor=lead, supplier=supplier, name=name, kind=IndicatorKind.COUNT, unit="jeunes", direction=Direction.UP,
            summable=True, about_people=True, family="" if sex == ALL else made[ALL].code,
            dimensions={} if sex == ALL else {"sexe": sex},
        )  # fmt: skip
    for code, name in NAMES.items():
        PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
    places = {code: place_for(Territory.NEIGHBOURHOOD, code, 2024, name) for code, name in NAMES.items()}
    places[WHOLE] = place_for(Territory.SPACE, WHOLE)
    for year, rows in YEARS.items():
        for sex, indicator in made.items():
            numbers = {code: number_of(row, sex) for code, row in rows.items()}
            numbers[WHOLE] = sum(numbers.values())
            give_values(
                actor=lead, indicator=indicator, year=year,
                given=[Given(places[code], float(number)) for code, number in numbers.items()],
            )  # fmt: skip
    return made


def number_of(row: tuple[int, int], sex: str) -> int:
    return {ALL: sum(row), "Femmes": row[0], "Hommes": row[1]}[sex]


def surveyed(lead: Actor) -> Survey:
    """Where they live, whether they go to the park, what has changed; its counts are stopped."""
    survey = surveys.write_survey(actor=lead, title="Le quartier, un an après", introduction="")
    add: Callable[..., object] = surveys.add_question
    add(actor=lead, survey=survey, kind="place", text="Où habitez-vous ?", options=list(PLACES))
    add(actor=lead, survey=survey, kind="one", text="Allez-vous au parc ?", options=["Oui", "Non"])
    add(actor=lead, survey=survey, kind="change", text="Depuis un an, c'est…")
    survey = surveys.open_survey(actor=lead, survey=survey, on=TODAY, until=date(2026, 12, 24))
    questions = list(survey.questions.order_by("position"))
    for ranks, number in ANSWERS.items():
        boxes: Mapping[str, list[int]] = {one.code: [rank] for one, rank in zip(questions, ranks, strict=True)}
        for _ in range(number):
            surveys.answer(survey=survey, sending=uuid4(), channel=Channel.LINK, on=TODAY, boxes=boxes, words={})
    surveys.stop_counts(actor=lead, survey=survey, on=TODAY, back_url="/")
    surveys.write_counts(survey.pk)
    survey.refresh_from_db()
    return survey


def synthesis(lead: Actor) -> SynthesisVersion:
    """A published version in which two elected officials spoke, at a table of their own."""
    workshop = open_workshop(actor=lead, title="Comptoir du préau")
    occasion = add_comptoir(
        actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS, speaker_kind=SpeakerKind.MIXED
    ).occasion
    heading = occasion.headings.order_by("position")[0]
    for kind, number in NOTES.items():
        for n in range(number):
            voices.add_note(
                actor=lead, heading=heading, words=f"un banc de plus, le {n}e", speaker_kind=kind, table=TABLES[kind]
            )
    version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)
    return version


def asked(lead: Actor, ran: Evaluation, made: Mapping[str, Indicator], survey: Survey) -> EvaluativeQuestion:
    """A question that follows the indicators and cites the survey; numbers typed as evidence, two and their total."""
    question = evaluation.propose(
        actor=lead, evaluation=ran, text="Qui est suivi ?", college="residents", proposed_by="Un groupe"
    )
    evaluation.settle(actor=lead, question=question, status="kept")
    for indicator in made.values():
        evaluation.follow(actor=lead, question=question, indicator=indicator, due_on=TODAY, on=TODAY)
    for unit, number in FIGURES:
        evaluation.bring(
            actor=lead, question=question, kind="figure", text=f"bilan du soutien, {unit}", figure=Decimal(number),
            unit=unit, period="2025", on=TODAY,
        )  # fmt: skip
    for cited in survey.questions.exclude(kind="place").select_related("survey"):
        evaluation.bring(actor=lead, question=question, kind="survey", survey_question=cited, on=TODAY)
    for code, (better, same, worse) in FELT.items():
        evaluation.tell_perceived(
            actor=lead, question=question, better=better, same=same, worse=worse, since=2024, whence="Porte à porte",
            gathered_on=TODAY, place_code=code,
        )  # fmt: skip
    return question
