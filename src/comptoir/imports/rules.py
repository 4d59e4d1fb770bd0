"""Who opens again the file of an import. The rule of an import itself is that of its kind."""

from comptoir.accounts.models import Actor
from comptoir.imports.kinds import allowed
from comptoir.imports.models import Batch
from comptoir.spaces.models import StoredFile


def may_open_source(actor: Actor, file: StoredFile) -> bool:
    """Those who may make this kind of import."""
    kinds = [kind.name for kind in allowed(actor)]
    return Batch.objects.filter(space=actor.space, file=file, kind__in=kinds).exists()
