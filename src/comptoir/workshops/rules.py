"""Who may prepare, reread and publish. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.spaces.models import StoredFile
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import Import, SynthesisVersion


def may_import(actor: Actor) -> bool:
    """The team brings in notes and syntheses, opens comptoirs, and undoes its imports."""
    return is_team(actor)


def may_validate(actor: Actor) -> bool:
    """The team says that a synthesis has been reread with the room: that freezes a version."""
    return is_team(actor)


def may_publish(actor: Actor) -> bool:
    """The project lead alone publishes a version to all the members of the space."""
    return actor.role == Role.PROJECT_LEAD


def may_set_silence(actor: Actor) -> bool:
    """The project lead alone says after how many months a theme is silent."""
    return actor.role == Role.PROJECT_LEAD


def may_open_source(actor: Actor, file: StoredFile) -> bool:
    """The team opens again the documents that it imported notes from."""
    return may_import(actor) and Import.objects.filter(space=actor.space, file=file).exists()


def may_read(actor: Actor, version: SynthesisVersion) -> bool:
    """A published version: every member of its space. One that is only reread: those who hear raw notes."""
    if version.space_id != actor.space.pk:
        return False
    return version.state == VersionState.PUBLISHED or may_hear_raw(actor)


def may_mask(actor: Actor) -> bool:
    """The team rereads what may identify someone, and masks it in the public copy."""
    return is_team(actor)
