"""Who may do what to commitments. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.models import Commitment, Evidence, Flag, Promise, TextReading, WatchKeeper
from comptoir.contracts.models import Meeting
from comptoir.contracts.rules import may_edit_contract, speaks_for
from comptoir.spaces.models import StoredFile


def may_write_commitments(actor: Actor) -> bool:
    """The project lead writes everybody's commitments; a referent, those of their own organisation (may_edit)."""
    return actor.role in {Role.PROJECT_LEAD, Role.REFERENT}


def may_edit(actor: Actor, commitment: Commitment) -> bool:
    """The project lead; the referent of the accountable signatory, for their own lines. Never in another space."""
    if commitment.space_id != actor.space.pk:
        return False
    return may_edit_contract(actor) or speaks_for(actor, commitment.signatory)


def may_tell_some(actor: Actor) -> bool:
    """The team and the referents say where commitments stand; of which ones, may_tell says."""
    return may_write_commitments(actor) or is_team(actor)


def may_tell(actor: Actor, commitment: Commitment) -> bool:
    """Those who may edit, and the facilitators, say where it stands and join a proof."""
    return may_edit(actor, commitment) or (commitment.space_id == actor.space.pk and is_team(actor))


def may_confirm(actor: Actor, evidence: Evidence, meeting: Meeting | None = None) -> bool:
    """The team, but never one's own proof: that one is confirmed at a meeting of a body, the pilot's like any other."""
    if evidence.space_id != actor.space.pk or not is_team(actor):
        return False
    return meeting is not None or evidence.author_id != actor.person_id


def may_decide(actor: Actor) -> bool:
    """The project lead writes down what a body decided, and takes its snapshots."""
    return may_edit_contract(actor)


def may_read_text(actor: Actor) -> bool:
    """The project lead reads the contract's text for commitments: they are written in every signatory's name."""
    return may_edit_contract(actor)


def may_open_text(actor: Actor, file: StoredFile) -> bool:
    """The file of a contract's text: every member of the space, like the commitments that cite it."""
    return TextReading.objects.filter(file=file, space=actor.space).exists()


def may_ask(actor: Actor) -> bool:
    """The project lead opens, sends again and closes rounds of check-ins: letters leave in their name."""
    return may_edit_contract(actor)


def may_see_news(actor: Actor) -> bool:
    """Silence is a reminder for the team: nobody else sees who has not answered."""
    return is_team(actor)


def may_see_promise(actor: Actor, promise: Promise) -> bool:
    """Its author and the team; every member once its author has published it."""
    if promise.space_id != actor.space.pk:
        return False
    return promise.published_at is not None or is_team(actor) or promise.author_id == actor.person_id


def may_promise(actor: Actor) -> bool:
    """Those who speak in public for the contract write their promises down: the team, referents, elected officials."""
    return is_team(actor) or actor.role in {Role.REFERENT, Role.ELECTED_OFFICIAL}


def may_publish_promise(actor: Actor, promise: Promise) -> bool:
    """Its author alone, from their own account: nobody publishes somebody else's word."""
    own = promise.author_id is not None and promise.author_id == actor.person_id
    return own and promise.space_id == actor.space.pk


def may_follow_promise(actor: Actor, promise: Promise) -> bool:
    """Its author and the team say what became of it."""
    if promise.space_id != actor.space.pk:
        return False
    return is_team(actor) or may_publish_promise(actor, promise)


def may_set_capacity(actor: Actor) -> bool:
    """The project lead writes down how many open promises the partnership can keep at once."""
    return may_edit_contract(actor)


def may_watch(actor: Actor) -> bool:
    """A member of the citizens' council takes a commitment under watch; others do when the team names them."""
    return actor.role == Role.COUNCIL_MEMBER


def may_name_watch_keeper(actor: Actor) -> bool:
    """The team names who watches over a commitment: a member of the citizens' council, or a resident who reads."""
    return is_team(actor)


def is_watch_keeper(actor: Actor, commitment: Commitment) -> bool:
    """Whoever watches over this commitment raises a flag on it; as long as they are members of its space."""
    if commitment.space_id != actor.space.pk or actor.person_id is None:
        return False
    return WatchKeeper.objects.filter(commitment=commitment, person=actor.person_id).exists()


def may_answer_flag(actor: Actor, flag: Flag) -> bool:
    """Those who say where the commitment stands answer its flags: the referent of its signatory, and the team."""
    return may_tell(actor, flag.commitment)


def may_hold_review(actor: Actor) -> bool:
    """The team writes down that a review of the table took place, and who presented it."""
    return is_team(actor)


def may_read_brief(actor: Actor) -> bool:
    """The half page is for elected officials, and for the team that prepares it for them."""
    return is_team(actor) or actor.role == Role.ELECTED_OFFICIAL


def may_link(actor: Actor) -> bool:
    """The team links what was said to what is done, and takes links off."""
    return is_team(actor)


def may_open_evidence(actor: Actor, file: StoredFile) -> bool:
    """The file of a proof: every member of the space, like the commitment itself, as long as it is not withdrawn."""
    return Evidence.objects.filter(file=file, space=actor.space, withdrawn_at=None).exists()
