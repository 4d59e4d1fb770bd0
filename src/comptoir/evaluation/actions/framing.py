"""Opening an evaluation, writing its framing, having it signed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.contracts.models import CityContract, Meeting
from comptoir.evaluation.actions.checks import check_lead
from comptoir.evaluation.enums import Kit, Point, Scope, UseFate
from comptoir.evaluation.models import Evaluation, FramingNote, FramingVersion, IntendedUse
from comptoir.evaluation.rules import may_lead
from comptoir.evaluation.sheet import sheet_of
from comptoir.kit.errors import Conflict, Invalid, Refused

MOST = 4_000
WRITTEN = frozenset(Point) - {Point.SCOPE, Point.USES, Point.BUDGET}
"""The points that a text fills. The others are filled by choices, rows and numbers."""


@transaction.atomic
def open_evaluation(
    *, actor: Actor, contract: CityContract, name: str, ends_on: date, kit: str = Kit.LIGHT
) -> Evaluation:
    """Start evaluating a contract. `ends_on`: the day when the report is awaited."""
    if not may_lead(actor) or contract.space_id != actor.space.pk:
        raise Refused("Seule la conduite du projet ouvre une évaluation.")
    if kit not in Kit.values:
        raise Invalid("Choisissez le kit léger ou complet.", field="kit")
    name = words(name, "name", "Donnez un nom à cette évaluation.", 160)
    made = Evaluation.objects.create(space=actor.space, contract=contract, name=name, ends_on=ends_on, kit=kit)
    _note(actor, "evaluation.open_evaluation", "Évaluation ouverte", made)
    return made


@transaction.atomic
def change(
    *, actor: Actor, evaluation: Evaluation, kit: str, ends_on: date, scope: Sequence[str], budget: Decimal | None,
    contract_money: Decimal | None, days: int | None,
) -> Evaluation:  # fmt: skip
    """What is chosen and counted: kit, end, scope, means. Texts of the sheet are written apart (`write`)."""
    check_lead(actor, evaluation)
    if kit not in Kit.values or not set(scope) <= set(Scope.values):
        raise Invalid("Ce choix n'existe pas.", field="scope")
    for field, value in (("budget", budget), ("contract_money", contract_money), ("days", days)):
        if value is not None and value < 0:
            raise Invalid("Écrivez un nombre positif.", field=field)
    evaluation.kit, evaluation.ends_on, evaluation.budget = kit, ends_on, budget
    evaluation.contract_money, evaluation.days = contract_money, days
    evaluation.scope = [value for value in Scope.values if value in scope]
    evaluation.save(update_fields=["kit", "ends_on", "scope", "budget", "contract_money", "days"])
    _note(actor, "evaluation.change", "Cadrage réglé", evaluation)
    return evaluation


@transaction.atomic
def write(*, actor: Actor, evaluation: Evaluation, point: str, text: str, over: str | None = None) -> FramingNote:
    """Write under a point of the framing; an empty text clears it, and is kept. The same text changes nothing.

    `over`: the identity of the note that the author had before their eyes, "" for none. When another came since,
    `Conflict` shows it instead of covering it.
    """
    check_lead(actor, evaluation)
    if point not in WRITTEN:
        raise Invalid("Ce point ne se remplit pas par un texte.", field="text")
    text = text.strip().replace("\x00", "")
    if len(text) > MOST:
        raise Invalid(f"Ce texte dépasse {MOST} caractères : raccourcissez-le.", field="text")
    last = FramingNote.objects.filter(evaluation=evaluation, point=point).order_by("-id").first()
    if last is not None and last.text == text:
        return last
    if over is not None and last is not None and str(last.pk) != over:
        who = last.author_organisation or "quelqu'un"
        said = f"« {last.text} »" if last.text else "un texte vide"
        raise Conflict(
            f"Pendant que vous écriviez, {who} a enregistré ici : {said}. "
            "Votre texte est gardé : reprenez-y ce qui manque, puis enregistrez de nouveau."
        )
    made = FramingNote.objects.create(
        evaluation=evaluation, point=point, text=text, author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    _note(actor, "evaluation.write", "Point du cadrage écrit", evaluation, point=point)
    return made


@transaction.atomic
def add_use(*, actor: Actor, evaluation: Evaluation, user: str, use: str, due_on: date) -> IntendedUse:
    """Say who will use the results, for what, by when."""
    check_lead(actor, evaluation)
    made = IntendedUse.objects.create(
        evaluation=evaluation, due_on=due_on,
        user=words(user, "user", "Dites qui se servira des résultats.", 160),
        use=words(use, "use", "Dites pour quoi.", 300),
    )  # fmt: skip
    _note(actor, "evaluation.add_use", "Usage prévu", evaluation, use=made.pk)
    return made


@transaction.atomic
def withdraw_use(*, actor: Actor, use: IntendedUse) -> None:
    """Take an intended use off the sheet; versions already signed keep it."""
    check_lead(actor, use.evaluation)
    if use.withdrawn_at is None:
        use.withdrawn_at = timezone.now()
        use.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_use", "Usage retiré", use.evaluation, use=use.pk)


@transaction.atomic
def say_used(*, actor: Actor, use: IntendedUse, fate: str, note: str, on: date) -> IntendedUse:
    """Was it used as intended? Asked once its day has come."""
    check_lead(actor, use.evaluation)
    if fate not in UseFate.values or fate == UseFate.OPEN:
        raise Invalid("Dites si cela a servi, en partie, ou pas.", field="fate")
    if on < use.due_on:
        raise Conflict("La date de cet usage n'est pas encore venue.")
    use.fate, use.fate_note, use.fate_on = fate, note.strip()[:300], on
    use.save(update_fields=["fate", "fate_note", "fate_on"])
    _note(actor, "evaluation.say_used", "Usage constaté", use.evaluation, use=use.pk)
    return use


@transaction.atomic
def sign(*, actor: Actor, evaluation: Evaluation, meeting: Meeting, signed_by: str) -> FramingVersion:
    """Freeze the framing as a body that validates signed it at a meeting. It never moves again."""
    check_lead(actor, evaluation)
    if meeting.space_id != actor.space.pk or meeting.body.contract_id != evaluation.contract_id:
        raise Refused("Cette réunion n'est pas celle d'une instance de ce contrat.")
    if not meeting.body.validates:
        raise Invalid("Cette instance ne signe pas le cadrage : choisissez-en une qui valide.", field="meeting")
    signed_by = words(signed_by, "signed_by", "Dites qui a signé : une fonction ou un nom.", 200)
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    last = evaluation.versions.order_by("-number").first()
    content = sheet_of(evaluation).as_content()
    if last is not None and last.meeting_id == meeting.pk and last.content == content:
        raise Conflict(f"Rien n'a changé depuis la version {last.number}, déjà signée à cette réunion.")
    made = FramingVersion.objects.create(
        evaluation=evaluation, number=last.number + 1 if last else 1, meeting=meeting, signed_by=signed_by,
        signed_on=meeting.held_on, content=content, author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.sign", "Cadrage signé", evaluation, version=made.number)
    return made


def _note(actor: Actor, action: str, label: str, evaluation: Evaluation, **details: object) -> None:
    journal.write(actor, action, label, evaluation.pk, within_id=evaluation.contract_id, **details)
