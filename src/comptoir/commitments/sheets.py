"""What the sheet of a signatory holds: its commitments, what is still to be said of each, to which words it agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from comptoir.analysis.measurability import Advice, measurability
from comptoir.commitments.advice import fields_of
from comptoir.commitments.enums import LABELS, MISSING
from comptoir.commitments.models import Commitment, Means, SignOff
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.state import Label
from comptoir.contracts.models import CityContract, Contact, Signatory


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A commitment on a sheet. `agreed` is the last agreement, `in_force` whether it is to the present words."""

    commitment: Commitment
    label: Label
    missing: tuple[str, ...]
    referent: Contact | None
    means: tuple[Means, ...]
    places: tuple[str, ...]
    advice: tuple[Advice, ...]
    agreed: SignOff | None = None

    @property
    def in_force(self) -> bool:
        return self.agreed is not None and self.agreed.wording_id == self.commitment.wording_id

    @property
    def changed_since(self) -> bool:
        """Written again since the agreement: « modifié depuis l'accord du … »."""
        return self.agreed is not None and not self.in_force

    @property
    def state(self) -> str:
        return LABELS[self.label]


@dataclass(frozen=True, slots=True)
class SignatorySheet:
    signatory: Signatory
    rows: tuple[SheetRow, ...]

    @property
    def to_specify(self) -> int:
        """Rows of which something is still to be said."""
        return sum(bool(row.missing) for row in self.rows)

    @property
    def agreed(self) -> int:
        return sum(row.in_force for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.changed_since for row in self.rows)


def sheets_of(contract: CityContract, *, on: date, signatory: Signatory | None = None) -> list[SignatorySheet]:
    """The sheets of the signatories that have commitments, by name: eight queries, whatever their number."""
    found = Commitment.objects.shown().filter(contract=contract, wording__isnull=False).with_words().in_table_order()
    if signatory is not None:
        found = found.filter(signatory=signatory)
    commitments = list(found.prefetch_related("means", "neighbourhoods"))
    rows = _rows(commitments, on)
    by_signatory: dict[UUID, list[SheetRow]] = {}
    for row in rows:
        by_signatory.setdefault(row.commitment.signatory_id, []).append(row)
    signatories = {one.pk: one for one in (c.signatory for c in commitments)}
    ordered = sorted(signatories.values(), key=lambda one: (one.organisation.search, str(one.pk)))
    return [SignatorySheet(one, tuple(by_signatory[one.pk])) for one in ordered]


def _rows(commitments: Sequence[Commitment], on: date) -> list[SheetRow]:
    referents = referents_of(commitments, on=on)
    states = states_of(commitments, on=on, referents=referents)
    in_force = {c.pk: c.wording_id for c in commitments}
    agreed: dict[UUID, SignOff] = {}
    for sign_off in SignOff.objects.filter(commitment__in=in_force).select_related("wording"):
        if sign_off.wording_id == in_force[sign_off.commitment_id]:
            agreed[sign_off.commitment_id] = sign_off
        agreed.setdefault(sign_off.commitment_id, sign_off)  # the last comes first
    return [
        SheetRow(
            one, states[one.pk].label, tuple(MISSING[need] for need in states[one.pk].missing), referents.get(one.pk),
            tuple(one.means.all()), tuple(place.name for place in one.neighbourhoods.all()),
            tuple(measurability(fields_of(one, referents.get(one.pk)))), agreed.get(one.pk),
        )
        for one in commitments
    ]  # fmt: skip
