"""Giving back: the answer to a question, and the evaluation frozen at a key moment."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.actions.checks import check_lead, check_there, check_write
from comptoir.evaluation.enums import Moment
from comptoir.evaluation.frozen import content_of, seal_of, stored
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion, Restitution, WrittenAnswer
from comptoir.kit.errors import Invalid

MOST = 400


@transaction.atomic
def write_answer(*, actor: Actor, question: EvaluativeQuestion, text: str) -> WrittenAnswer:
    """Write the answer to a question, in a sentence; an empty text clears it. What was written before is kept."""
    check_write(actor, question.evaluation)
    check_there(question)
    text = " ".join(text.replace("\x00", "").split())
    if len(text) > MOST:
        raise Invalid(f"Cette réponse dépasse {MOST} caractères : gardez l'essentiel.", field="text")
    last = question.answers.order_by("-id").first()
    if last is not None and last.text == text:
        return last
    made = WrittenAnswer.objects.create(
        question=question, text=text, author_id=actor.person_id, author_organisation=actor.organisation
    )
    journal.write(
        actor, "evaluation.write_answer", "Réponse écrite", question.pk, within_id=question.evaluation_id,
        answer=made.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def freeze(*, actor: Actor, evaluation: Evaluation, moment: str, on: date, name: str = "") -> Restitution:
    """Freeze the evaluation as it stands. `name`: of a free moment; the others have their own."""
    check_lead(actor, evaluation)
    if moment not in Moment.values:
        raise Invalid("Choisissez le moment.", field="moment")
    chosen = Moment(moment)
    name = words(name, "name", "Donnez un nom à ce moment.", 160) if chosen is Moment.FREE else str(chosen.label)
    Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    content = content_of(actor, evaluation, on)
    if chosen is Moment.FRAMED and not content["framing"]["version"]:
        raise Invalid("Le cadrage n'est pas encore signé : faites-le signer d'abord.", field="moment")
    if chosen in {Moment.MIDTERM, Moment.REPORT} and not content["questions"]:
        raise Invalid("Aucune question n'est retenue : il n'y a encore rien à rendre.", field="moment")
    last = evaluation.restitutions.aggregate(last=Max("number"))["last"]
    plain = stored(content)
    made = Restitution.objects.create(
        space=actor.space, evaluation=evaluation, number=(last or 0) + 1, moment=moment, frozen_on=on, content=plain,
        name=name[:1].upper() + name[1:], seal=seal_of(plain), author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    journal.write(
        actor, "evaluation.freeze", "Évaluation figée", made.pk, within_id=evaluation.pk, number=made.number,
        seal=made.seal,
    )  # fmt: skip
    return made
