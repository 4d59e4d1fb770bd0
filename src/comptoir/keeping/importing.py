"""A space brought back from its export, here or on another instance: whole, or not at all."""

import hashlib
import json
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.sql import InsertQuery

from comptoir.audit.models import record as write_journal
from comptoir.keeping.belonging import Model, known_by, label_of, links, model_of, owned
from comptoir.keeping.exporting import FORMAT, MANIFEST
from comptoir.keeping.records import fields_of, row_of
from comptoir.kit import files as store
from comptoir.kit.errors import Conflict, InputError
from comptoir.spaces.models import Space

CHUNK = 500
_TAMPERED = "ce fichier n'est pas tel qu'il a été exporté ({part}) : demandez-le de nouveau."


@dataclass
class Brought:
    """`counts`: rows by table; `met`: rows of the instance already there; `missing`: files without content."""

    space: Space
    counts: dict[str, int] = field(default_factory=dict)
    met: int = 0
    missing: int = 0


def import_space(source: Path, *, slug: str = "") -> Brought:
    """Bring the space in, under its own slug or another. Everything is checked before anything is written.

    Raises InputError for a file that is not an export or not as it was, Conflict when the slug is taken.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive, source.name)
            slug = slug or manifest["space"]["slug"]
            if Space.objects.filter(slug=slug).exists():
                raise Conflict(f"L'adresse /{slug}/ est déjà prise : donnez-en une autre avec --as.")
            with transaction.atomic():
                return _Import(archive, manifest, slug).run()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError("ce fichier n'est pas une archive lisible.", source=source.name) from error
    except (IntegrityError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise InputError(f"cet export ne se relit pas : {error}", source=source.name) from error


def _checked(archive: zipfile.ZipFile, source: str) -> dict[str, Any]:
    """The manifest, once every part has the digest that it gives, and no part is unknown."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        parts: dict[str, str] = manifest["parts"]
        known = manifest["format"]
    except (KeyError, ValueError, TypeError) as error:
        raise InputError("ce fichier n'est pas un export d'espace de Comptoir.", source=source) from error
    if known != FORMAT:
        raise InputError(f"cet export est au format {known}, celui-ci lit le format {FORMAT}.", source=source)
    if sorted(archive.namelist()) != sorted([MANIFEST, *parts]):
        raise InputError(_TAMPERED.format(part="des parties manquent ou sont en trop"), source=source)
    for name, digest in parts.items():
        if _digest(archive, name) != digest or (name.startswith("files/") and name != f"files/{digest}"):
            raise InputError(_TAMPERED.format(part=name), source=source)
    for table in (*manifest["tables"], *manifest["cited"]):
        model = model_of(table["label"])
        if model is None or not set(table["fields"]) <= {one.attname for one in fields_of(model)}:
            said = f"la table {table['label']} n'est pas celle de cette version : mettez Comptoir à jour."
            raise InputError(said, source=source)
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


class _Import:
    """One import under way. `_identities`: identity in the file to identity here, where they differ."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any], slug: str):
        self.archive, self.manifest, self.slug = archive, manifest, slug
        self._identities: dict[UUID, UUID] = {}
        self.met = 0

    def run(self) -> Brought:
        wanted = {table["label"]: table for table in self.manifest["tables"]}
        if set(wanted) - {label_of(model) for model in owned()}:
            raise InputError("cet export contient une table qui n'appartient pas à un espace.")
        self._cited()
        if Space.objects.filter(pk=self.manifest["space"]["id"]).exists():
            self._renew(wanted)
        counts = {}
        for model in owned():
            if label_of(model) in wanted:
                counts[label_of(model)] = self._write(model, wanted[label_of(model)])
        missing = self._files()
        connection.check_constraints()
        space = Space.objects.get(slug=self.slug)
        space.full_clean(exclude=["logo"])
        write_journal(
            space=space, actor_id=None, action="keeping.import_space", label="Espace repris d'un export",
            object_id=space.pk, rows=sum(counts.values()),
        )  # fmt: skip
        return Brought(space, counts, self.met, missing)

    def _identity(self, old: UUID) -> UUID:
        return self._identities.get(old, old)

    def _lines(self, table: dict[str, Any]) -> Iterator[dict[str, Any]]:
        with self.archive.open(table["file"]) as part:
            for line in part:
                yield json.loads(line)

    def _renew(self, wanted: dict[str, Any]) -> None:
        """The same instance: a copy has identities of its own, of the same moment, so that order stays."""
        for model in owned():
            if label_of(model) in wanted and isinstance(model._meta.pk, models.UUIDField):
                for line in self._lines(wanted[label_of(model)]):
                    old = UUID(line[model._meta.pk.attname])
                    self._identities[old] = UUID(int=old.int >> 62 << 62 | secrets.randbits(62))

    def _cited(self) -> None:
        """Know the rows of the instance again; make those that are not there. What they cite comes before them."""
        tables = {model: table for table in self.manifest["cited"] if (model := model_of(table["label"]))}
        if set(tables) & set(owned()):
            raise InputError("cet export donne pour l'instance une table des espaces.")
        new: list[models.Model] = []
        for model in _cited_first(set(tables)):
            for line in self._lines(tables[model]):
                row = row_of(model, line, self._identity)
                here = _known(model, row)
                if here is None:
                    new.append(row)
                else:
                    self.met += 1
                    self._identities[UUID(line[model._meta.pk.attname])] = here.pk
            _insert(model, [row_of(model, _line(row), self._identity) for row in new if type(row) is model])

    def _write(self, model: Model, table: dict[str, Any]) -> int:
        count, chunk = 0, []
        for line in self._lines(table):
            row = row_of(model, line, self._identity)
            if isinstance(row, Space):
                row.slug = self.slug
            chunk.append(row)
            count += 1
            if len(chunk) == CHUNK:
                _insert(model, chunk)
                chunk = []
        _insert(model, chunk)
        return count

    def _files(self) -> int:
        for name in self.manifest["parts"]:
            if name.startswith("files/"):
                store.put(self.archive.read(name))
        return len(self.manifest["missing_files"])


def _line(row: models.Model) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in fields_of(type(row))}


def _cited_first(chosen: set[Model]) -> list[Model]:
    """The models in an order in which each comes after those that it cites, itself apart."""
    order: list[Model] = []
    while left := sorted(chosen - set(order), key=label_of):
        ready = [m for m in left if not ({one.related_model for one in links(m)} - {m}) & (chosen - set(order))]
        order += ready or left[:1]
    return order


def _known(model: Model, row: models.Model) -> models.Model | None:
    """The row of this instance that is the same thing."""
    manager = model._base_manager
    found = manager.filter(pk=row.pk).first()
    for names in known_by(model):
        values: dict[str, Any] = {name: model._meta.get_field(name).value_from_object(row) for name in names}  # type: ignore[union-attr]  # fields of the model itself
        if found is None and any(value not in (None, "") for value in values.values()):
            found = manager.filter(**values).order_by("pk").first()
    return found


def _insert(model: Model, rows: list[models.Model]) -> None:
    """Rows as they were: no date set anew, none of the model's own manners (the journal refuses to be rewritten)."""
    fields: Any = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    most = max(1, connection.ops.bulk_batch_size(fields, rows)) if rows else 1
    for start in range(0, len(rows), most):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + most], raw=True)
        query.get_compiler(connection=connection).execute_sql()
