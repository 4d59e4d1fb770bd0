"""Who may do what to an evaluation. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.contracts.models import Signatory
from comptoir.contracts.rules import speaks_for
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import Finding
from comptoir.spaces.models import StoredFile

COLLEGES = {
    Role.COUNCIL_MEMBER: College.RESIDENTS,
    Role.ELECTED_OFFICIAL: College.OFFICIALS,
    Role.REFERENT: College.SIGNATORIES,
    Role.PROJECT_LEAD: College.SIGNATORIES,
    Role.EVALUATOR: College.OUTSIDE,
}
"""The college that each role speaks for. Facilitators write down what others say; readers read."""


def may_lead(actor: Actor) -> bool:
    """The project lead opens an evaluation, writes its framing, has it signed, and keeps or parks questions."""
    return actor.role == Role.PROJECT_LEAD


def may_write(actor: Actor) -> bool:
    """The project lead and the evaluator plan sources, bring evidence and write recommendations."""
    return actor.role in {Role.PROJECT_LEAD, Role.EVALUATOR}


def may_propose(actor: Actor) -> bool:
    """Everybody who belongs to a college proposes questions, and the facilitators for those whom they heard."""
    return actor.role in COLLEGES or actor.role == Role.FACILITATOR


def may_vote(actor: Actor) -> bool:
    """Everybody who belongs to a college chooses questions and bets on figures, in that college."""
    return actor.role in COLLEGES


def may_count_hands(actor: Actor) -> bool:
    """The project lead and the facilitators write down hands raised in a room; they open bets and close them."""
    return actor.role in {Role.PROJECT_LEAD, Role.FACILITATOR}


def may_judge(actor: Actor, college: str) -> bool:
    """Each for their own college; the project lead and the facilitators write down what a college judged in a room."""
    return may_count_hands(actor) or COLLEGES.get(Role(actor.role)) == college


def may_judge_some(actor: Actor) -> bool:
    """Whoever may judge for one college at least."""
    return any(may_judge(actor, college) for college in College.values)


def may_read_reviews(actor: Actor) -> bool:
    """The team and the evaluator read the reviews of actions as received: their numbers are not protected yet."""
    return is_team(actor) or actor.role == Role.EVALUATOR


def may_keep_reviews(actor: Actor) -> bool:
    """The team imports the reviews of actions, and sums the people reached into an indicator that it keeps."""
    return is_team(actor)


def may_tell_perceived(actor: Actor) -> bool:
    """The team and the evaluator write down what residents said has changed, in a comptoir or a survey."""
    return is_team(actor) or actor.role == Role.EVALUATOR


def may_self_assess_some(actor: Actor) -> bool:
    """The referents answer for their own organisation; the team writes down what a signatory told it."""
    return is_team(actor) or actor.role == Role.REFERENT


def may_self_assess(actor: Actor, signatory: Signatory) -> bool:
    """The team, for every signatory of its space; a referent, for the one whose organisation their role names."""
    return signatory.space_id == actor.space.pk and (is_team(actor) or speaks_for(actor, signatory))


def may_review(actor: Actor) -> bool:
    """The evaluator alone writes an independent note beside a frozen state."""
    return actor.role == Role.EVALUATOR


def may_take_extract(actor: Actor) -> bool:
    """The evaluator takes the extract without names away; the project lead may look at what leaves."""
    return actor.role in {Role.PROJECT_LEAD, Role.EVALUATOR}


def may_open_finding(actor: Actor, file: StoredFile) -> bool:
    """The file of a piece of evidence: every member of the space, as long as it is not withdrawn."""
    return Finding.objects.filter(file=file, space=actor.space, withdrawn_at=None).exists()
