"""The contract itself, its perimeter, what the public sees of it, its local conventions."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_may_edit, said
from comptoir.contracts.models import (
    CityContract,
    ContractNeighbourhood,
    LocalConvention,
    Signatory,
)
from comptoir.kit.errors import Invalid
from comptoir.territories.enums import Generation
from comptoir.territories.models import LocalArea, PriorityNeighbourhood

NAME = "Donnez un nom au contrat : celui que tout le monde dit."
TAKEN = "Ce code national est déjà celui d'un autre contrat : vérifiez-le, ou laissez vide."


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("La fin ne peut pas venir avant le début.", field="ends_on")


def open_contract(
    *, actor: Actor, name: str, generation: int = Generation.G2024, starts_on: date | None = None,
    ends_on: date | None = None, published_code: str = "", introduction: str = "",
    predecessor: CityContract | None = None,
) -> CityContract:  # fmt: skip
    """A contract of the actor's space. Those before it stay, with all that hangs on them."""
    check_may_edit(actor, predecessor)
    contract = CityContract(space=actor.space)
    return _write(
        actor, contract, "contracts.open_contract", "Contrat ouvert", name=name, generation=generation,
        starts_on=starts_on, ends_on=ends_on, published_code=published_code, introduction=introduction,
        predecessor=predecessor,
    )  # fmt: skip


def change_contract(
    *, actor: Actor, contract: CityContract, name: str, generation: int, starts_on: date | None, ends_on: date | None,
    published_code: str, introduction: str, predecessor: CityContract | None,
) -> CityContract:  # fmt: skip
    """Correct what is said of a contract."""
    check_may_edit(actor, contract)
    if predecessor is not None:
        check_may_edit(actor, predecessor)
        if contract.pk in _line_of(predecessor):
            raise Invalid("Un contrat ne peut pas se précéder lui-même.", field="predecessor")
    return _write(
        actor, contract, "contracts.change_contract", "Contrat corrigé", name=name, generation=generation,
        starts_on=starts_on, ends_on=ends_on, published_code=published_code, introduction=introduction,
        predecessor=predecessor,
    )  # fmt: skip


def _line_of(contract: CityContract) -> list[object]:
    """The contract and those before it."""
    line: list[object] = []
    step: CityContract | None = contract
    while step is not None and step.pk not in line:
        line.append(step.pk)
        step = step.predecessor
    return line


def _write(
    actor: Actor, contract: CityContract, action: str, label: str, *, name: str, generation: int,
    starts_on: date | None, ends_on: date | None, published_code: str, introduction: str,
    predecessor: CityContract | None,
) -> CityContract:  # fmt: skip
    check_dates(starts_on, ends_on)
    contract.name = said(name, "name", NAME)[:200]
    contract.generation, contract.starts_on, contract.ends_on = generation, starts_on, ends_on
    contract.published_code = published_code.strip().upper()[:12]
    contract.introduction, contract.predecessor = introduction.strip(), predecessor
    try:
        with transaction.atomic():
            contract.save()
            journal.write(actor, action, label, contract.pk, within_id=contract.pk)
    except IntegrityError as error:
        raise Invalid(TAKEN, field="published_code") from error
    return contract


@transaction.atomic
def set_perimeter(
    *, actor: Actor, contract: CityContract, codes: Iterable[str], local_areas: Sequence[LocalArea] = ()
) -> list[str]:
    """Say which neighbourhoods and local areas the contract covers. Returns the codes that are not loaded yet."""
    check_may_edit(actor, contract)
    if any(area.space_id != actor.space.pk for area in local_areas):
        raise Invalid("Choisissez des secteurs de votre espace.", field="local_areas")
    wanted = {code.strip().upper() for code in codes if code.strip()}
    if too_long := sorted(code for code in wanted if len(code) > 12):
        raise Invalid(f"« {too_long[0][:40]} » n'est pas un code de quartier : QN ou QP et six signes.", field="codes")
    missing = write_perimeter(contract, wanted)
    contract.local_areas.set(local_areas)
    journal.write(
        actor, "contracts.set_perimeter", "Périmètre changé", contract.pk, within_id=contract.pk,
        neighbourhoods=len(wanted), local_areas=len(local_areas),
    )  # fmt: skip
    return missing


def write_perimeter(contract: CityContract, codes: set[str]) -> list[str]:
    """The rows of the perimeter, as the codes say. Returns those without an outline, in order."""
    known = dict(PriorityNeighbourhood.objects.filter(code__in=codes).order_by("code").values_list("code", "pk"))
    contract.perimeter.exclude(code__in=codes).delete()
    ContractNeighbourhood.objects.bulk_create(
        [
            ContractNeighbourhood(contract=contract, code=code, neighbourhood_id=known.get(code))
            for code in sorted(codes)
        ],
        update_conflicts=True, unique_fields=["contract", "code"], update_fields=["neighbourhood"],
    )  # fmt: skip
    return sorted(codes - set(known))


@transaction.atomic
def open_convention(
    *, actor: Actor, contract: CityContract, name: str, starts_on: date | None = None, ends_on: date | None = None,
    introduction: str = "", neighbourhoods: Sequence[PriorityNeighbourhood] = (),
    local_areas: Sequence[LocalArea] = (), signatories: Sequence[Signatory] = (),
) -> LocalConvention:  # fmt: skip
    """A convention that applies the contract to a part of its territory."""
    check_may_edit(actor, contract)
    convention = LocalConvention(space=actor.space, contract=contract)
    return _write_convention(
        actor, convention, "contracts.open_convention", "Convention ouverte", name, starts_on, ends_on, introduction,
        neighbourhoods, local_areas, signatories,
    )  # fmt: skip


@transaction.atomic
def change_convention(
    *, actor: Actor, convention: LocalConvention, name: str, starts_on: date | None, ends_on: date | None,
    introduction: str, neighbourhoods: Sequence[PriorityNeighbourhood], local_areas: Sequence[LocalArea],
    signatories: Sequence[Signatory],
) -> LocalConvention:  # fmt: skip
    """Correct a local convention, its perimeter and its signatories."""
    check_may_edit(actor, convention.contract)
    return _write_convention(
        actor, convention, "contracts.change_convention", "Convention corrigée", name, starts_on, ends_on,
        introduction, neighbourhoods, local_areas, signatories,
    )  # fmt: skip


def _write_convention(
    actor: Actor, convention: LocalConvention, action: str, label: str, name: str, starts_on: date | None,
    ends_on: date | None, introduction: str, neighbourhoods: Sequence[PriorityNeighbourhood],
    local_areas: Sequence[LocalArea], signatories: Sequence[Signatory],
) -> LocalConvention:  # fmt: skip
    check_dates(starts_on, ends_on)
    if any(signatory.contract_id != convention.contract_id for signatory in signatories):
        raise Invalid("Choisissez des signataires de ce contrat.", field="signatories")
    if any(area.space_id != actor.space.pk for area in local_areas):
        raise Invalid("Choisissez des secteurs de votre espace.", field="local_areas")
    convention.name = said(name, "name", "Donnez un nom à la convention.")[:200]
    convention.starts_on, convention.ends_on, convention.introduction = starts_on, ends_on, introduction.strip()
    convention.save()
    convention.neighbourhoods.set(neighbourhoods)
    convention.local_areas.set(local_areas)
    convention.signatories.set(signatories)
    journal.write(actor, action, label, convention.pk, within_id=convention.contract_id)
    return convention


@transaction.atomic
def withdraw_convention(*, actor: Actor, convention: LocalConvention) -> None:
    """Take a convention off the pages; it stays in the journal."""
    check_may_edit(actor, convention.contract)
    convention.withdrawn_at = timezone.now()
    convention.save(update_fields=["withdrawn_at"])
    journal.write(
        actor, "contracts.withdraw_convention", "Convention retirée", convention.pk, within_id=convention.contract_id
    )
