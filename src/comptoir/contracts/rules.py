"""Who may do what to the contract. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import TEAM, is_team
from comptoir.contracts.models import Signatory


def may_edit_contract(actor: Actor) -> bool:
    """The project lead alone changes the contract, its perimeter, its conventions, its bodies and its signatories."""
    return actor.role == Role.PROJECT_LEAD


def may_edit_cards(actor: Actor) -> bool:
    """The project lead edits every signatory's card; a referent, that of their own organisation (speaks_for)."""
    return actor.role in {Role.PROJECT_LEAD, Role.REFERENT}


def speaks_for(actor: Actor, signatory: Signatory) -> bool:
    """A referent speaks for the signatory whose organisation their role in the space names."""
    return actor.role == Role.REFERENT and actor.organisation_id == signatory.organisation_id


def may_edit_card(actor: Actor, signatory: Signatory) -> bool:
    """The project lead; a referent for their own organisation. Never for another space."""
    return signatory.space_id == actor.space.pk and (may_edit_contract(actor) or speaks_for(actor, signatory))


def may_see_details(actor: Actor) -> bool:
    """Direct lines and e-mail addresses of people are for the team and the referents, who have to reach each other."""
    return actor.role in TEAM | {Role.REFERENT}


def may_draft(actor: Actor) -> bool:
    """The team and the referents propose wordings; the project lead puts one in force."""
    return is_team(actor) or actor.role == Role.REFERENT


def may_comment(actor: Actor) -> bool:
    """Those who draft, elected officials and the citizens' council comment on wordings."""
    return may_draft(actor) or actor.role in {Role.ELECTED_OFFICIAL, Role.COUNCIL_MEMBER}


def may_log_meet_up(actor: Actor) -> bool:
    """The team, the referents and the elected officials write down whom they met."""
    return may_draft(actor) or actor.role == Role.ELECTED_OFFICIAL
