"""The sheet of a signatory as a document to print and sign: a tree, whatever the format."""

import io
import zipfile
from datetime import date

from django.utils import formats
from django.utils.text import slugify

from comptoir.analysis.documents import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Look,
    Paragraph,
    Table,
    write,
)
from comptoir.commitments.sheets import SheetRow, SignatorySheet
from comptoir.contracts.models import CityContract

SUFFIXES = ("pdf", "docx", "odt")
BLANK = "à préciser"
LINE = "…" * 40


def day(value: date | None) -> str:
    return formats.date_format(value, "j F Y") if value else ""


def sheet_document(sheet: SignatorySheet, contract: CityContract, *, look: Look, on: date) -> Document:
    """What the signatory commits itself to, what is still to be said, and where to sign."""
    blocks: list[Block] = []
    for number, row in enumerate(sheet.rows, 1):
        blocks += _row(number, row)
    open_points = [f"{number}. {', '.join(row.missing)}" for number, row in enumerate(sheet.rows, 1) if row.missing]
    if open_points:
        blocks += [Heading(1, "Ce qui reste à préciser"), BulletList(tuple(open_points))]
    blocks += [
        Heading(1, "Accord du signataire"),
        Paragraph(
            f"{sheet.signatory.organisation.name} donne son accord aux engagements ci-dessus, tels qu'ils sont écrits "
            f"le {day(on)}, sauf ceux qui seraient rayés."
        ),
        Table(
            "Signature", ("Nom et fonction", "Date", "Signature"),
            ((Cell((LINE[:20],)), Cell((LINE[:12],)), Cell((LINE[:20],))),),
        ),
    ]  # fmt: skip
    return Document(
        f"Engagements : {sheet.signatory.organisation.name}", tuple(blocks), subtitle=f"{contract.name} · {day(on)}",
        look=look,
    )  # fmt: skip


def _row(number: int, row: SheetRow) -> list[Block]:
    commitment = row.commitment
    if commitment.first_year:
        last = f" jusqu'en {commitment.last_year}" if commitment.last_year else ""
        due = f"chaque année, à partir de {commitment.first_year}{last}"
    else:
        due = day(commitment.due_on) or BLANK
    means = " ; ".join(
        f"{formats.number_format(one.amount.normalize(), use_l10n=True)} {one.get_unit_display()}, "
        f"{one.get_kind_display().lower()}{f' ({one.note})' if one.note else ''}"
        for one in row.means
    )
    told = [
        ("Échéance", due), ("Référent", row.referent.name if row.referent else BLANK),
        ("Objectif", commitment.objective.text if commitment.objective else ""), ("Quartiers", ", ".join(row.places)),
        ("Moyens", means), ("Mesure", commitment.measure or BLANK),
        ("Pièce attendue", commitment.expected_proof or BLANK), ("État", row.state), ("Accord", _agreed(row)),
    ]  # fmt: skip
    facts = tuple((Cell((label,)), Cell((text,))) for label, text in told if text)
    return [
        Heading(2, f"{number}. {commitment.text}"),
        Table(f"Engagement {number}", ("Quoi", "Ce qui est écrit"), facts),
    ]


def _agreed(row: SheetRow) -> str:
    if row.agreed is None:
        return "pas encore"
    if row.in_force:
        return f"{row.agreed.agreed_by}, le {day(row.agreed.agreed_on)}"
    return f"modifié depuis l'accord du {day(row.agreed.agreed_on)}, qui disait : « {row.agreed.wording.text} »"


def name_of(sheet: SignatorySheet, suffix: str) -> str:
    return f"engagements-{slugify(sheet.signatory.organisation.name)[:50] or 'signataire'}.{suffix}"


def zip_of(sheets: list[SignatorySheet], contract: CityContract, suffix: str, *, look: Look, on: date) -> bytes:
    """One file a signatory, in one archive. Two of the same name get the code of theirs."""
    out = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            name = name_of(sheet, suffix)
            if name in names:
                name = f"{sheet.signatory.code}-{name}"
            names.add(name)
            archive.writestr(name, write(sheet_document(sheet, contract, look=look, on=on), suffix))
    return out.getvalue()
