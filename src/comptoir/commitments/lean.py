"""Many commitments in one query, in few columns; what many of them share is made once.

Ten thousand lines of a table have forty signatories: `select_related` would make each of them, and the organisation
behind, as many times as there are lines. What stands here is enough for states, totals, filters and links; any other
column is deferred, any other relation asks the database. Objects are made as Django's `from_db` leaves them, without
what it does of each column that is not read.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import CharField, F, ForeignKey, Model
from django.db.models.base import ModelState
from django.db.models.functions import Cast

from comptoir.accounts.models import Organisation
from comptoir.commitments.models import Commitment, CommitmentWording
from comptoir.commitments.models.commitment import CommitmentQuerySet
from comptoir.contracts.models import Contact, Objective, ObjectiveWording, Signatory

Made = TypeVar("Made", bound=Model)
_SHARED = ("space_id", "contract_id", "signatory_id", "unit_id", "contact_id", "objective_id")
_OWN = (
    "id", "code", "wording_id", "due_on", "first_year", "last_year", "measure", "expected_proof", "next_step",
    "next_step_on", "position", "withdrawn_at",
)  # fmt: skip
_NAMES = tuple(f.attname for f in Commitment._meta.concrete_fields if f.attname in {*_OWN, *_SHARED})
_AT = {name: place for place, name in enumerate(_NAMES)}
_SIGNATORY = (
    "signatory__code", "signatory__organisation_id", "signatory__organisation__name",
    "signatory__organisation__search", "signatory__organisation__kind",
)  # fmt: skip
_CONTACT = ("contact__code", "contact__name", "contact__withdrawn_at")
_OBJECTIVE = ("objective__code", "objective__position", "objective__wording_id", "objective__wording__text")
# Identities that many rows share are read as texts, and made once each.
_TEXTS = (*_SHARED, "signatory__organisation_id", "objective__wording_id")


def read(rows: CommitmentQuerySet, *also: str) -> list[Commitment]:
    """These commitments, in the order of the table, with the annotations named in `also`. One query."""
    texts = {f"{name}_text": Cast(F(name), CharField()) for name in _TEXTS}
    names = (*_NAMES, "wording__text", *_SIGNATORY, *_CONTACT, *_OBJECTIVE)
    columns = [*(f"{name}_text" if name in _TEXTS else name for name in names), *also]
    reader, found = _Reader(rows.db), []
    for row in rows.in_table_order().annotate(**texts).values_list(*columns):
        one = reader.made(row[: len(names)])
        vars(one).update(zip(also, row[len(names) :], strict=True))
        found.append(one)
    return found


def _made(model: type[Made], database: str, values: Iterable[tuple[str, Any]] | Mapping[str, Any]) -> Made:
    """An object of the database that knows these columns; the others are deferred."""
    one = model.__new__(model)
    one._state = ModelState()
    one._state.db, one._state.adding = database, False
    vars(one).update(values)
    return one


class _Reader:
    """Makes a commitment of each row; signatories, people and objectives once each."""

    def __init__(self, database: str):
        self.database = database
        self.identities: dict[str | None, UUID | None] = {None: None}
        self.signatories: dict[str, Signatory] = {}
        self.contacts: dict[str | None, Contact | None] = {None: None}
        self.objectives: dict[str | None, Objective | None] = {None: None}
        self.set_wording, self.set_signatory, self.set_contact, self.set_objective = (
            cast("ForeignKey[Any, Any]", Commitment._meta.get_field(name)).set_cached_value
            for name in ("wording", "signatory", "contact", "objective")
        )

    def identity(self, text: str | None) -> UUID | None:
        if text not in self.identities:
            self.identities[text] = UUID(text)
        return self.identities[text]

    def made(self, row: tuple[Any, ...]) -> Commitment:
        values, (text, *rest) = list(row[: len(_NAMES)]), row[len(_NAMES) :]
        signatory, contact, objective = (row[_AT[name]] for name in ("signatory_id", "contact_id", "objective_id"))
        for name in _SHARED:
            values[_AT[name]] = self.identity(values[_AT[name]])
        one = _made(Commitment, self.database, zip(_NAMES, values, strict=True))
        if signatory not in self.signatories:
            self.signatories[signatory] = self._signatory(one, *rest[:5])
        if contact not in self.contacts:
            self.contacts[contact] = self._contact(one, *rest[5:8])
        if objective not in self.objectives:
            self.objectives[objective] = self._objective(one, *rest[8:])
        words = None
        if one.wording_id is not None:
            words = _made(
                CommitmentWording, self.database, {"id": one.wording_id, "text": text, "commitment_id": one.pk}
            )
        self.set_wording(one, words)
        self.set_signatory(one, self.signatories[signatory])
        self.set_contact(one, self.contacts[contact])
        self.set_objective(one, self.objectives[objective])
        return one

    def _signatory(self, one: Commitment, code: str, organisation: str, name: str, search: str, kind: str) -> Signatory:
        identity = self.identity(organisation)
        found = _made(Signatory, self.database, {
            "id": one.signatory_id, "space_id": one.space_id, "contract_id": one.contract_id, "code": code,
            "organisation_id": identity,
        })  # fmt: skip
        names = {"id": identity, "name": name, "search": search, "kind": kind}
        found.organisation = _made(Organisation, self.database, names)
        return found

    def _contact(self, one: Commitment, code: str, name: str, withdrawn_at: Any) -> Contact:
        names = {"id": one.contact_id, "code": code, "name": name, "withdrawn_at": withdrawn_at}
        return _made(Contact, self.database, names)

    def _objective(self, one: Commitment, code: str, position: int, wording: str | None, text: str | None) -> Objective:
        identity = self.identity(wording)
        found = _made(Objective, self.database, {
            "id": one.objective_id, "space_id": one.space_id, "contract_id": one.contract_id, "code": code,
            "position": position, "wording_id": identity,
        })  # fmt: skip
        words = {"id": identity, "objective_id": found.pk, "text": text}
        found.wording = _made(ObjectiveWording, self.database, words) if identity else None
        return found
