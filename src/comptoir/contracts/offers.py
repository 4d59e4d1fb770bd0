"""What this room shows on lower pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import may_change_space
from comptoir.contracts.models import CityContract
from comptoir.kit.french import plural
from comptoir.kit.slots import Piece
from comptoir.spaces.models import Space

STEP = "accounts/parts/step.html"


def may_begin(actor: Actor, space: Space) -> bool:
    """The project lead, in their own space."""
    return may_change_space(actor) and actor.space.pk == space.pk


def first_steps(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    """The contract that the national list has given to the space, or the one to describe; then its signatories."""
    return {space.pk: _steps(space) for space in spaces}


def _steps(space: Space) -> list[Piece]:
    """One query."""
    counted = CityContract.objects.of(space).annotate(
        places=Count("perimeter", distinct=True),
        signing=Count("signatories", filter=Q(signatories__withdrawn_at=None), distinct=True),
    )
    contract: Any = counted.first()
    if contract is None:
        why = "Son nom, sa période, ses quartiers : la plupart des pages en partent."
        new = reverse("contract_new", args=(space.slug,))
        return [_step(False, "Décrire le contrat", why, new, "Décrire")]
    places = plural(contract.places, "quartier", "quartiers")
    found = f"« {contract.name} », {places}."
    address = (space.slug, contract.code)
    return [
        _step(contract.places > 0, "Vérifier le contrat et ses quartiers",
              f"{found} {'Corrigez ce qui ne va pas.' if contract.places else 'Donnez ses quartiers.'}",
              reverse("contract" if contract.places else "contract_perimeter", args=address), "Voir"),
        _step(contract.signing > 0, "Noter les signataires et leurs référents",
              f"{plural(contract.signing, 'signataire', 'signataires')} pour l'instant. Un classeur s'importe."
              if contract.signing else "La liste des signataires habituels est proposée ; un classeur s'importe.",
              reverse("signatories", args=address), "Noter"),
    ]  # fmt: skip


def _step(done: bool, label: str, why: str, url: str, action: str) -> Piece:
    return Piece(STEP, {"done": done, "label": label, "why": why, "url": url, "action": action})
