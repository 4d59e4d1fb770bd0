"""A space in one file, in open formats: its rows as lines of JSON, its files, what they are, and their digests."""

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from comptoir import __version__
from comptoir.audit.models import record as write_journal
from comptoir.keeping.belonging import Model, cited_by, label_of, links, owned, rows_of
from comptoir.keeping.records import fields_of, record_of
from comptoir.kit import files as store
from comptoir.spaces.models import Space, StoredFile

FORMAT = 1
MANIFEST, README = "manifest.json", "LISEZMOI.txt"
WORDS = """\
L'espace « {name} », exporté de Comptoir {version} le {day}.

tables/    une table par fichier, une ligne par objet, en JSON (UTF-8), que lisent tous les langages.
cited/     ce que l'espace cite de l'instance : personnes (sans mot de passe), organismes, quartiers.
files/     les fichiers reçus ; leur nom est leur empreinte SHA-256, le vrai est dans tables/spaces.storedfile.jsonl.
manifest.json    ce que contient cet export, et l'empreinte de chaque fichier.

Pour le reprendre sur une autre instance : comptoir import-space CE_FICHIER.zip
Il contient tout ce que l'espace contient, paroles et coordonnées comprises : gardez-le comme tel.
"""


class Written:
    """The archive as it is written, with the digest of each part."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.parts: dict[str, str] = {}

    def lines(self, name: str, records: Iterable[dict[str, Any]]) -> int:
        """Write records one a line; returns how many."""
        digest, count = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as out:
            for one in records:
                count += 1
                line = json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                out.write(line)
        self.parts[name] = digest.hexdigest()
        return count

    def content(self, name: str, content: bytes) -> None:
        self.archive.writestr(name, content)
        self.parts[name] = hashlib.sha256(content).hexdigest()


def export_space(space: Space, target: Path) -> dict[str, int]:
    """Write the space to `target`, as it is at one moment. Returns the number of rows by table.

    The journal says that it was done: whoever holds the file holds everything.
    """
    draft = target.with_name(target.name + ".part")
    try:
        with _one_moment(), zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            write_journal(
                space=space, actor_id=None, action="keeping.export_space", label="Espace exporté", object_id=space.pk
            )
            counts = _write(space, Written(archive))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is now, until its end."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write(space: Space, out: Written) -> dict[str, int]:
    tables, cited = [], defaultdict[Model, set[Any]](set)
    for model in owned():
        name = f"tables/{label_of(model)}.jsonl"
        count = out.lines(name, _records(rows_of(model, space).iterator(1_000), model, cited))
        tables.append(_table(model, name, count))
    instance = [_table(model, name, count) for model, name, count in _write_cited(out, cited)]
    missing = _write_files(space, out)
    words = WORDS.format(name=space.name, version=__version__, day=f"{timezone.localdate():%d/%m/%Y}")
    out.content(README, words.encode())
    manifest = {
        "format": FORMAT, "comptoir": __version__, "exported_at": timezone.now().isoformat(),
        "space": {"id": str(space.pk), "slug": space.slug, "name": space.name},
        "tables": tables, "cited": instance, "missing_files": missing, "parts": out.parts,
    }  # fmt: skip
    out.archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return {table["label"]: table["rows"] for table in (*tables, *instance) if table["rows"]}


def _table(model: Model, name: str, count: int) -> dict[str, Any]:
    fields = [field.attname for field in fields_of(model)]
    return {"label": label_of(model), "file": name, "rows": count, "fields": fields}


def _records(rows: Iterable[models.Model], model: Model, cited: dict[Model, set[Any]]) -> Iterable[dict[str, Any]]:
    """The records of rows; on the way, the identities of what they cite of the instance."""
    outside = cited_by(model)
    for row in rows:
        for field in outside:
            if value := getattr(row, field.attname):
                target: Any = field.related_model
                cited[target].add(value)
        yield record_of(row)


def _write_cited(out: Written, cited: dict[Model, set[Any]]) -> list[tuple[Model, str, int]]:
    """Rows of the instance, with those that they cite themselves, the most cited first."""
    reached: dict[Model, dict[Any, models.Model]] = defaultdict(dict)
    waiting = {model: set(keys) for model, keys in cited.items()}
    while waiting:
        model, keys = waiting.popitem()
        for row in model._base_manager.filter(pk__in=keys - set(reached[model])).order_by("pk"):
            reached[model][row.pk] = row
            for field in links(model):
                value, target = getattr(row, field.attname), field.related_model
                if value and target in owned():
                    continue  # a row of the instance that names a space: not of this export
                if value and value not in reached[target]:
                    waiting.setdefault(target, set()).add(value)
    found = []
    for model in sorted(reached, key=label_of):
        name = f"cited/{label_of(model)}.jsonl"
        rows = [record_of(reached[model][key]) for key in sorted(reached[model], key=str)]
        found.append((model, name, out.lines(name, rows)))
    return found


def _write_files(space: Space, out: Written) -> list[str]:
    """The content of the files; returns the digests that the disk no longer has (lost, or erased on request)."""
    missing = []
    digests = StoredFile.objects.filter(space=space).order_by("digest").values_list("digest", flat=True).distinct()
    for digest in digests:
        try:
            out.content(f"files/{digest}", store.get(digest))
        except FileNotFoundError:
            missing.append(digest)
    return missing
