"""Evidence brought to a question, judgements of colleges, recommendations and what they become."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.commitments.actions.checks import words
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import Signatory
from comptoir.evaluation.actions.checks import check_lead, check_there, check_write
from comptoir.evaluation.enums import College, Confidence, FindingKind, Verdict
from comptoir.evaluation.models import (
    Evaluation,
    EvaluativeQuestion,
    Finding,
    Judgement,
    PlannedSource,
    Recommendation,
)
from comptoir.evaluation.rules import may_judge
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.participation.models import SurveyQuestion
from comptoir.participation.reading import tallied
from comptoir.spaces.models import StoredFile
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine


@transaction.atomic
def bring(
    *, actor: Actor, question: EvaluativeQuestion, kind: str, on: date, text: str = "", figure: Decimal | None = None,
    unit: str = "", period: str = "", whence: str = "", source: PlannedSource | None = None,
    line: SynthesisLine | None = None, commitment: Commitment | None = None, file: StoredFile | None = None,
    url: str = "", survey_question: SurveyQuestion | None = None,
) -> Finding:  # fmt: skip
    """Bring a piece of evidence. A line of a synthesis is one that is published: everybody may read it.

    Of a survey, its published counts are read when it is shown; its title and its question are the words of the piece.
    """
    check_write(actor, question.evaluation)
    check_there(question)
    _check_matter(kind, text, figure, line, commitment, file, url)
    if source is not None and source.question_id != question.pk:
        raise Refused("Cette source est prévue pour une autre question.")
    things = [thing for thing in (commitment, file) if thing is not None]
    if any(thing.space_id != actor.space.pk for thing in things):
        raise Refused("Ceci n'est pas dans votre espace.")
    if kind == FindingKind.SURVEY:
        asked = _published_question(actor, survey_question)
        text, period = asked.text, f"{asked.survey.stopped_on:%Y}" if asked.survey.stopped_on else ""
        whence = f"Enquête « {asked.survey.title} »"
    if line is not None and (
        line.version.state != VersionState.PUBLISHED or line.version.workshop.space_id != actor.space.pk
    ):
        raise Refused("Versez une ligne d'une synthèse publiée : tout le monde doit pouvoir la lire.")
    finding = Finding.objects.create(
        space=actor.space, question=question, kind=kind, text=text.strip()[:400], figure=figure,
        unit=unit.strip()[:60], period=period.strip()[:60], whence=whence.strip()[:200], source=source, line=line,
        commitment=commitment, survey_question=survey_question if kind == FindingKind.SURVEY else None, file=file,
        url=url.strip(), author_id=actor.person_id, author_organisation=actor.organisation, given_on=on,
    )  # fmt: skip
    _note(actor, "evaluation.bring", "Pièce versée à une question", question, finding=finding.pk)
    return finding


def _published_question(actor: Actor, question: SurveyQuestion | None) -> SurveyQuestion:
    if question is None:
        raise Invalid("Choisissez une question d'une enquête dont les comptes sont arrêtés.", field="survey_question")
    if not tallied().filter(pk=question.pk, space=actor.space).exists():
        raise Refused("Versez une question dont les réponses sont publiées : tout le monde doit pouvoir les lire.")
    return question


def _check_matter(
    kind: str, text: str, figure: Decimal | None, line: SynthesisLine | None, commitment: Commitment | None,
    file: StoredFile | None, url: str,
) -> None:  # fmt: skip
    if kind not in FindingKind.values:
        raise Invalid("Choisissez ce que c'est.", field="kind")
    if kind == FindingKind.FIGURE and figure is None:
        raise Invalid("Écrivez le chiffre.", field="figure")
    if kind in {FindingKind.FIGURE, FindingKind.NOTE, FindingKind.DOCUMENT}:
        words(text, "text", "Dites ce que cela montre.", 400)
    if kind == FindingKind.VOICE and line is None:
        raise Invalid("Choisissez une ligne d'une synthèse publiée.", field="line")
    if kind == FindingKind.COMMITMENT and commitment is None:
        raise Invalid("Choisissez un engagement.", field="commitment")
    if kind == FindingKind.DOCUMENT and file is None and urlsplit(url.strip()).scheme not in {"http", "https"}:
        raise Invalid("Choisissez un fichier, ou collez une adresse qui commence par https://", field="url")


@transaction.atomic
def take_off(*, actor: Actor, finding: Finding) -> None:
    """Take a piece of evidence off the board; it is kept in the history."""
    check_write(actor, finding.question.evaluation)
    if finding.withdrawn_at is None:
        finding.withdrawn_at = timezone.now()
        finding.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.take_off", "Pièce retirée d'une question", finding.question, finding=finding.pk)


@transaction.atomic
def judge(
    *, actor: Actor, question: EvaluativeQuestion, college: str, verdict: str, reasons: str, confidence: str,
    given_by: str, on: date,
) -> Judgement:  # fmt: skip
    """What a college judges of a question. It takes the place of that college's last judgement, which is kept."""
    if college not in College.values:
        raise Invalid("Choisissez le collège qui juge.", field="college")
    if not may_judge(actor, college) or question.space_id != actor.space.pk:
        raise Refused("Vous jugez pour votre collège seulement.")
    check_there(question)
    if verdict not in Verdict.values:
        raise Invalid("Choisissez une réponse.", field="verdict")
    if confidence not in Confidence.values:
        raise Invalid("Dites si votre confiance est faible, moyenne ou forte.", field="confidence")
    made = Judgement.objects.create(
        space=actor.space, question=question, college=college, verdict=verdict, confidence=confidence, given_on=on,
        reasons=words(reasons, "reasons", "Un jugement dit pourquoi.", 3_000),
        given_by=words(given_by, "given_by", "Dites qui juge : un groupe, une instance, un organisme.", 200),
        author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.judge", "Jugement rendu", question, judgement=made.pk, college=college)
    return made


@transaction.atomic
def recommend(
    *, actor: Actor, evaluation: Evaluation, text: str, on: date, question: EvaluativeQuestion | None = None,
    signatory: Signatory | None = None, due_on: date | None = None,
) -> Recommendation:  # fmt: skip
    """Write a recommendation: to whom, by when. It can be saved before both are known."""
    check_write(actor, evaluation)
    if signatory is not None and signatory.contract_id != evaluation.contract_id:
        raise Refused("Ce signataire n'est pas de ce contrat.")
    if question is not None and question.evaluation_id != evaluation.pk:
        raise Refused("Cette question est d'une autre évaluation.")
    if due_on is not None and due_on < on:
        raise Invalid("Ce jour est déjà passé : donnez-en un à venir.", field="due_on")
    made = Recommendation.objects.create(
        space=actor.space, evaluation=evaluation, question=question, signatory=signatory, due_on=due_on, made_on=on,
        text=words(text, "text", "Écrivez la recommandation.", 600), author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    _note_of(actor, "evaluation.recommend", "Recommandation écrite", made)
    return made


@transaction.atomic
def become_commitment(*, actor: Actor, recommendation: Recommendation) -> Commitment:
    """A recommendation that its signatory takes on becomes a commitment: same words, same day, followed there."""
    check_lead(actor, recommendation.evaluation)
    found = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if found.withdrawn_at is not None:
        raise Conflict("Cette recommandation a été retirée entre-temps. Rechargez la page.")
    if found.commitment is not None:
        return found.commitment
    if found.signatory is None:
        raise Invalid("Dites d'abord à qui s'adresse la recommandation.", field="signatory")
    made = commitments.write(actor=actor, signatory=found.signatory, wording=found.text, due_on=found.due_on)
    found.commitment = made
    found.save(update_fields=["commitment"])
    _note_of(actor, "evaluation.become_commitment", "Recommandation devenue engagement", found)
    return made


@transaction.atomic
def withdraw_recommendation(*, actor: Actor, recommendation: Recommendation) -> None:
    """Take a recommendation off, unless it has become a commitment."""
    check_write(actor, recommendation.evaluation)
    if recommendation.commitment_id is not None:
        raise Conflict("Cette recommandation est devenue un engagement : c'est lui qui se suit, ou se retire.")
    if recommendation.withdrawn_at is None:
        recommendation.withdrawn_at = timezone.now()
        recommendation.save(update_fields=["withdrawn_at"])
        _note_of(actor, "evaluation.withdraw_recommendation", "Recommandation retirée", recommendation)


def _note(actor: Actor, action: str, label: str, question: EvaluativeQuestion, **details: object) -> None:
    journal.write(actor, action, label, question.pk, within_id=question.evaluation_id, **details)


def _note_of(actor: Actor, action: str, label: str, made: Recommendation) -> None:
    journal.write(actor, action, label, made.pk, within_id=made.evaluation_id)
