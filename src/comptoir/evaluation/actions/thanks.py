"""Thanking those who took part."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.models import Evaluation, Thanks
from comptoir.kit.errors import Invalid, Refused

MOST = 100_000


@transaction.atomic
def thank(
    *, actor: Actor, evaluation: Evaluation, group: str, text: str, on: date, changed: str = "", number: int = 1,
    name: str = "", agreed_on: date | None = None,
) -> Thanks:  # fmt: skip
    """Thank a group, or one person by name if they agreed: the day of their agreement is kept with it."""
    _check(actor, evaluation)
    name = " ".join(name.split())[:120]
    if name and agreed_on is None:
        raise Invalid("Un nom ne s'affiche qu'avec l'accord de la personne : écrivez le jour où elle l'a donné.",
                      field="agreed_on")  # fmt: skip
    if agreed_on is not None and not name:
        raise Invalid("Écrivez le nom de la personne qui a donné son accord, ou laissez ce jour vide.", field="name")
    if agreed_on is not None and agreed_on > on:
        raise Invalid("Cet accord n'a pas encore été donné.", field="agreed_on")
    if not 1 <= number <= MOST or (name and number != 1):
        raise Invalid("Écrivez combien de personnes : une seule si vous la nommez.", field="number")
    made = Thanks.objects.create(
        space=actor.space, evaluation=evaluation, name=name, agreed_on=agreed_on, number=number, thanked_on=on,
        group=words(group, "group", "Dites quel groupe : des habitants, une association, une école.", 120),
        text=words(text, "text", "Dites de quoi vous remerciez.", 200), changed=changed.strip()[:300],
        author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.thank", "Merci écrit", evaluation)
    return made


@transaction.atomic
def withdraw_thanks(*, actor: Actor, thanks: Thanks) -> None:
    """Take a line off the wall. The name goes with it, for good."""
    _check(actor, thanks.evaluation)
    thanks.delete()
    _note(actor, "evaluation.withdraw_thanks", "Merci retiré", thanks.evaluation)


def _check(actor: Actor, evaluation: Evaluation) -> None:
    if not is_team(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Seule l'équipe écrit sur le mur des mercis.")


def _note(actor: Actor, action: str, label: str, evaluation: Evaluation) -> None:
    journal.write(actor, action, label, evaluation.pk, within_id=evaluation.pk)
