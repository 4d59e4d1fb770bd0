"""The plain page: written, read again with those concerned, published, taken back."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.actions.checks import check_lead, check_write
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import PlainPage, PlainWording, Restitution
from comptoir.evaluation.plain import told_of
from comptoir.kit.errors import Conflict, Invalid

MOST = 2_000


@transaction.atomic
def write_plain(
    *, actor: Actor, restitution: Restitution, asked: str, question: str, answer: str, left_out: bool = False
) -> PlainWording:
    """Write a question and its answer in plain words, or leave it out. What was read again was another text."""
    check_write(actor, restitution.evaluation)
    if asked not in {one["id"] for one in restitution.content["questions"]}:
        raise Invalid("Cette question n'est pas dans cet état.")
    question, answer = " ".join(question.split()), answer.strip().replace("\x00", "")
    if not left_out and not (question and answer):
        raise Invalid("Écrivez la question et la réponse, ou laissez cette question de côté.", field="answer")
    if len(question) > 200 or len(answer) > MOST:
        raise Invalid("C'est trop long pour une page en clair : gardez l'essentiel.", field="answer")
    page = _page(restitution)
    if page.published_on is not None:
        raise Conflict("La page en clair est publiée : retirez-la d'abord, puis récrivez-la.")
    made = PlainWording.objects.create(
        page=page, asked=asked, question=question, answer=answer, left_out=left_out, author_id=actor.person_id
    )
    page.reread_with, page.reread_on = "", None
    page.save(update_fields=["reread_with", "reread_on"])
    _note(actor, "evaluation.write_plain", "Réponse écrite en clair", restitution, asked=asked)
    return made


@transaction.atomic
def say_reread(*, actor: Actor, restitution: Restitution, whom: str, on: date, today: date) -> PlainPage:
    """Say that the page was read again with the people concerned: whom, never by name; when, not in the future."""
    check_write(actor, restitution.evaluation)
    if on > today:
        raise Invalid("Cette relecture n'a pas encore eu lieu.", field="on")
    page = _page(restitution)
    page.reread_with, page.reread_on = words(whom, "whom", "Dites avec qui : un groupe, un nombre.", 200), on
    page.save(update_fields=["reread_with", "reread_on"])
    _note(actor, "evaluation.say_reread", "Page en clair relue", restitution)
    return page


@transaction.atomic
def publish_plain(*, actor: Actor, restitution: Restitution, on: date) -> PlainPage:
    """Let everybody read the plain page, once each question shown has its plain words: the members of the space, and
    people without account where the space has opened its public page."""
    check_lead(actor, restitution.evaluation)
    page = _page(restitution)
    told = told_of(page, content_in(restitution))
    missing = [one.asked["text"] for one in told if one.missing]
    if missing:
        raise Invalid(f"Il manque la réponse en clair à : {missing[0]}")
    if all(one.left_out for one in told):
        raise Invalid("Aucune question n'est montrée : écrivez-en au moins une.")
    if page.published_on is None:
        page.published_on, page.published_by = on, actor.organisation
        page.save(update_fields=["published_on", "published_by"])
        _note(actor, "evaluation.publish_plain", "Page en clair publiée", restitution)
    return page


@transaction.atomic
def take_plain_back(*, actor: Actor, restitution: Restitution) -> None:
    """Take the plain page back, to write it again."""
    check_lead(actor, restitution.evaluation)
    page = _page(restitution)
    if page.published_on is not None:
        page.published_on, page.published_by = None, ""
        page.save(update_fields=["published_on", "published_by"])
        _note(actor, "evaluation.take_plain_back", "Page en clair retirée", restitution)


def _page(restitution: Restitution) -> PlainPage:
    """Under a lock: publishing and writing at once must not cross."""
    PlainPage.objects.get_or_create(restitution=restitution)
    return PlainPage.objects.select_for_update(of=("self",)).get(restitution=restitution)


def _note(actor: Actor, action: str, label: str, restitution: Restitution, **details: object) -> None:
    journal.write(actor, action, label, restitution.pk, within_id=restitution.evaluation_id, **details)
