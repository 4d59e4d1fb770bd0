"""The tree of objectives, and how their wordings are written together."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_may_edit, check_may_edit_card, check_space, said
from comptoir.contracts.enums import Level, Stance
from comptoir.contracts.models import (
    CityContract,
    Objective,
    ObjectiveComment,
    ObjectiveOpinion,
    ObjectiveWording,
    Signatory,
)
from comptoir.contracts.rules import may_comment, may_draft
from comptoir.contracts.themes import BY_CODE
from comptoir.kit.errors import Conflict, Invalid, Refused

BELOW = {None: Level.ORIENTATION, Level.ORIENTATION: Level.STRATEGIC, Level.STRATEGIC: Level.OPERATIONAL}
LONGEST = 2000


def level_under(parent: Objective | None) -> Level | None:
    """The level of what hangs under `parent`; None under an operational objective, where nothing does."""
    return BELOW.get(Level(parent.level) if parent else None)


@transaction.atomic
def add_objective(
    *, actor: Actor, contract: CityContract, text: str, parent: Objective | None = None, theme: str = ""
) -> Objective:
    """An objective under `parent`, or an orientation. Its first wording is in force at once."""
    check_may_edit(actor, contract)
    if parent is not None and (parent.contract_id != contract.pk or parent.withdrawn_at):
        raise Invalid("Choisissez un objectif de ce contrat.", field="parent")
    level = level_under(parent)
    if level is None:
        raise Invalid("Rien ne se range sous un objectif opérationnel.", field="parent")
    if theme and theme not in BY_CODE:
        raise Invalid("Choisissez un thème de la liste.", field="theme")
    last = Objective.objects.filter(contract=contract, parent=parent).aggregate(last=Max("position"))["last"]
    objective = Objective.objects.create(
        space=actor.space, contract=contract, parent=parent, level=level, theme=theme,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    _keep_wording(actor, objective, text, "")
    _adopt(objective, objective.wordings.get())
    _note(actor, "contracts.add_objective", "Objectif ajouté", objective)
    return objective


def _keep_wording(actor: Actor, objective: Objective, text: str, reason: str) -> ObjectiveWording:
    words = said(text, "text", "Écrivez l'objectif en une phrase.")
    if len(words) > LONGEST:
        raise Invalid(f"Une rédaction tient en {LONGEST} signes : coupez-la en deux objectifs.", field="text")
    last = objective.wordings.aggregate(last=Max("number"))["last"] or 0
    return ObjectiveWording.objects.create(
        objective=objective, number=last + 1, text=words, reason=reason.strip()[:300], author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip


def _adopt(objective: Objective, wording: ObjectiveWording) -> None:
    objective.wording = wording
    objective.save(update_fields=["wording"])


@transaction.atomic
def write_wording(
    *, actor: Actor, objective: Objective, text: str, reason: str = "", based_on: int | None = None,
    adopt: bool = False,
) -> ObjectiveWording:  # fmt: skip
    """Propose a wording; `adopt` puts it in force (project lead). Former ones are kept, opinions on them too.

    `based_on` is the number of the last wording that the writer had seen: nobody answers a wording unread.
    """
    check_space(actor, objective.space_id)
    if not may_draft(actor):
        raise Refused("L'équipe et les référents proposent des rédactions.")
    if adopt:
        check_may_edit(actor, objective.contract)
    objective = Objective.objects.select_for_update(of=("self",)).select_related("contract").get(pk=objective.pk)
    if objective.withdrawn_at:
        raise Conflict("Cet objectif a été retiré entre-temps.")
    last = objective.wordings.first()
    if last and last.text == text.strip():
        raise Invalid("Cette rédaction est mot pour mot la précédente.", field="text")
    if based_on is not None and last and last.number != based_on:
        raise Conflict("Quelqu'un a proposé une autre rédaction entre-temps : lisez-la, puis renvoyez la vôtre.")
    wording = _keep_wording(actor, objective, text, reason)
    if adopt:
        _adopt(objective, wording)
    _note(actor, "contracts.write_wording", "Rédaction proposée", objective, number=wording.number, adopted=adopt)
    return wording


@transaction.atomic
def adopt_wording(*, actor: Actor, wording: ObjectiveWording) -> Objective:
    """Put a wording in force: a new one, or one of before."""
    objective = wording.objective
    check_may_edit(actor, objective.contract)
    _adopt(objective, wording)
    _note(actor, "contracts.adopt_wording", "Rédaction retenue", objective, number=wording.number)
    return objective


@transaction.atomic
def comment(*, actor: Actor, wording: ObjectiveWording, text: str) -> ObjectiveComment:
    """A remark about a wording. The same one sent twice in a row is kept once."""
    check_space(actor, wording.objective.space_id)
    if not may_comment(actor):
        raise Refused("Votre rôle dans cet espace ne permet pas de commenter.")
    words = said(text, "text", "Écrivez votre remarque.")[:LONGEST]
    last = wording.comments.filter(author_id=actor.person_id).order_by("-pk").first()
    if last and last.text == words:
        return last
    made = ObjectiveComment.objects.create(
        wording=wording, text=words, author_id=actor.person_id, author_organisation=actor.organisation
    )
    _note(actor, "contracts.comment", "Remarque ajoutée", wording.objective, number=wording.number)
    return made


@transaction.atomic
def give_opinion(
    *, actor: Actor, wording: ObjectiveWording, signatory: Signatory, stance: str, given_on: date
) -> ObjectiveOpinion:
    """Where a signatory stands on a wording, dated. Given by its referent, or noted in a meeting by the lead."""
    check_may_edit_card(actor, signatory)
    if signatory.contract_id != wording.objective.contract_id:
        raise Invalid("Cet organisme n'est pas signataire de ce contrat.", field="signatory")
    if stance not in Stance.values:
        raise Invalid("Dites si le signataire est d'accord ou demande un changement.", field="stance")
    opinion, _ = ObjectiveOpinion.objects.update_or_create(
        wording=wording, signatory=signatory,
        defaults={
            "stance": stance, "given_on": given_on, "author_id": actor.person_id,
            "author_organisation": actor.organisation,
        },
    )  # fmt: skip
    _note(
        actor, "contracts.give_opinion", "Avis donné", wording.objective, number=wording.number,
        signatory=signatory.pk, stance=stance,
    )  # fmt: skip
    return opinion


@transaction.atomic
def move_objective(*, actor: Actor, objective: Objective, up: bool) -> None:
    """One rank up or down among its siblings. At the end of the row nothing moves."""
    check_may_edit(actor, objective.contract)
    CityContract.objects.select_for_update().get(pk=objective.contract_id)
    row = list(
        Objective.objects.shown().filter(contract=objective.contract_id, parent=objective.parent_id).order_by(
            "position", "pk"
        )
    )  # fmt: skip
    at = [one.pk for one in row].index(objective.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(row):
        row[at], row[to] = row[to], row[at]
        for position, one in enumerate(row):
            one.position = position
        Objective.objects.bulk_update(row, ["position"])
        _note(actor, "contracts.move_objective", "Objectif déplacé", objective)


@transaction.atomic
def withdraw_objective(*, actor: Actor, objective: Objective) -> None:
    """Take an objective off the tree. Refused while others hang under it; its wordings stay."""
    check_may_edit(actor, objective.contract)
    if Objective.objects.shown().filter(parent=objective).exists():
        raise Conflict("D'autres objectifs sont rangés dessous : retirez-les d'abord.")
    objective.withdrawn_at = timezone.now()
    objective.save(update_fields=["withdrawn_at"])
    _note(actor, "contracts.withdraw_objective", "Objectif retiré", objective)


def _note(actor: Actor, action: str, label: str, objective: Objective, **details: object) -> None:
    journal.write(actor, action, label, objective.pk, within_id=objective.contract_id, **details)
