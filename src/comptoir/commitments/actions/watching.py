"""Watch-keepers (« vigies ») and the flags that they raise: a flag needs an answer."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments.actions.checks import check_there, words
from comptoir.commitments.models import Commitment, Flag, WatchKeeper
from comptoir.commitments.rules import is_watch_keeper, may_answer_flag, may_name_watch_keeper, may_watch
from comptoir.kit.dates import date_text
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces import mail

WATCHING = frozenset({Role.COUNCIL_MEMBER, Role.READER})
MOST_WORDS = 1_000


@transaction.atomic
def watch(*, actor: Actor, commitment: Commitment, since: date) -> WatchKeeper:
    """Take a commitment under watch. A second time changes nothing."""
    if not may_watch(actor) or commitment.space_id != actor.space.pk or actor.person_id is None:
        raise Refused("Les membres du conseil citoyen deviennent vigies d'eux-mêmes ; l'équipe nomme les autres.")
    check_there(commitment)
    found, made = WatchKeeper.objects.get_or_create(
        commitment=commitment, person_id=actor.person_id, defaults={"since": since}
    )
    if made:
        _note(actor, "commitments.watch", "Vigie d'un engagement", commitment)
    return found


@transaction.atomic
def name_watch_keeper(*, actor: Actor, commitment: Commitment, member: Membership, since: date) -> WatchKeeper:
    """The team names a watch-keeper, who has agreed."""
    if not may_name_watch_keeper(actor) or {commitment.space_id, member.space_id} != {actor.space.pk}:
        raise Refused("Seule l'équipe nomme une vigie, parmi les membres de l'espace.")
    check_there(commitment)
    if member.role not in WATCHING:
        raise Invalid("Une vigie est membre du conseil citoyen, ou habitant qui lit l'espace.", field="member")
    found, made = WatchKeeper.objects.get_or_create(
        commitment=commitment, person=member.person, defaults={"since": since}
    )
    if made:
        _note(actor, "commitments.name_watch_keeper", "Vigie nommée", commitment, person=member.person_id)
    return found


@transaction.atomic
def stop_watching(*, actor: Actor, watch_keeper: WatchKeeper) -> None:
    """The watch-keeper leaves off, or the team takes them off. Their flags stay."""
    commitment = watch_keeper.commitment
    own = watch_keeper.person_id == actor.person_id
    if commitment.space_id != actor.space.pk or not (own or may_name_watch_keeper(actor)):
        raise Refused("Une vigie s'arrête d'elle-même, ou l'équipe la relève.")
    person = watch_keeper.person_id
    watch_keeper.delete()
    _note(actor, "commitments.stop_watching", "Vigie relevée", commitment, person=person)


@transaction.atomic
def raise_flag(*, actor: Actor, commitment: Commitment, text: str, on: date) -> Flag:
    """Ask something about a commitment that one watches over. It needs an answer."""
    if not is_watch_keeper(actor, commitment):
        raise Refused("Seule une vigie de cet engagement pose un drapeau : devenez vigie d'abord.")
    check_there(commitment)
    flag = Flag.objects.create(
        space=actor.space, commitment=commitment, raised_by_id=actor.person_id, raised_on=on,
        text=words(text, "text", "Écrivez votre question.", MOST_WORDS),
    )  # fmt: skip
    _note(actor, "commitments.raise_flag", "Drapeau posé", commitment, flag=flag.pk)
    return flag


@transaction.atomic
def answer_flag(*, actor: Actor, flag: Flag, answer: str, on: date) -> Flag:
    """Answer a flag, in the name of one's organisation. Answering again corrects the answer.

    Whoever raised it is told by e-mail, the first time only.
    """
    flag = _locked(flag)
    first = flag.answered_on is None
    if not may_answer_flag(actor, flag):
        raise Refused("Seuls le référent du signataire et l'équipe répondent à ce drapeau.")
    flag.answer = words(answer, "answer", "Écrivez la réponse.", MOST_WORDS)
    flag.answered_on, flag.answered_by = on, (actor.organisation or actor.name)[:160]
    flag.save(update_fields=["answer", "answered_on", "answered_by"])
    _note(actor, "commitments.answer_flag", "Réponse à un drapeau", flag.commitment, flag=flag.pk)
    if first and flag.raised_by_id != actor.person_id:
        _tell(flag)
    return flag


def _tell(flag: Flag) -> None:
    """A short letter to whoever raised the flag, as long as they are still a member. The answer is read on its page."""
    members = Membership.objects.current().filter(space=flag.space_id, person=flag.raised_by_id, person__is_active=True)
    found = members.select_related("person", "space").exclude(person__email="").order_by("pk").first()
    if found is None:
        return
    path = reverse("commitment", args=(found.space.slug, flag.commitment.code))
    mail.send(
        to=found.person.email, space=found.space, subject="Une réponse à votre drapeau",
        paragraphs=[
            f"Bonjour {found.person.name},",
            f"{flag.answered_by} a répondu au drapeau que vous avez posé le {date_text(flag.raised_on, 'j F Y')} sur "
            f"l'engagement « {flag.commitment.text} ».",
        ],
        action=("Lire la réponse", mail.absolute(f"{path}#drapeaux")),
    )  # fmt: skip


@transaction.atomic
def withdraw_flag(*, actor: Actor, flag: Flag) -> None:
    """Whoever raised it takes it off, as long as nobody has answered. It is kept."""
    flag = _locked(flag)
    if flag.raised_by_id is None or flag.raised_by_id != actor.person_id or flag.space_id != actor.space.pk:
        raise Refused("Seule la vigie qui a posé ce drapeau le retire.")
    if flag.answered_on is not None:
        raise Conflict("Une réponse a été donnée entre-temps : le drapeau reste, avec elle.")
    flag.withdrawn_at = timezone.now()
    flag.save(update_fields=["withdrawn_at"])
    _note(actor, "commitments.withdraw_flag", "Drapeau retiré", flag.commitment, flag=flag.pk)


def _locked(flag: Flag) -> Flag:
    rows = Flag.objects.select_for_update(of=("self",)).select_related("commitment__signatory", "commitment__wording")
    flag = rows.get(pk=flag.pk)
    if flag.withdrawn_at is not None:
        raise Conflict("Ce drapeau a été retiré entre-temps. Rechargez la page.")
    return flag


def _note(actor: Actor, action: str, label: str, commitment: Commitment, **details: object) -> None:
    journal.write(actor, action, label, commitment.pk, within_id=commitment.contract_id, **details)
