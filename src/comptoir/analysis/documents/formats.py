"""The formats that a document can be written in."""

from collections.abc import Callable
from dataclasses import dataclass

from comptoir.analysis.documents.clean import cleaned
from comptoir.analysis.documents.html import html
from comptoir.analysis.documents.markdown import markdown
from comptoir.analysis.documents.model import Document
from comptoir.analysis.documents.odt import odt
from comptoir.analysis.documents.pdf import pdf
from comptoir.analysis.documents.sheets import csv_bytes, xlsx
from comptoir.analysis.errors import InputError


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is what a person chooses; `write` gives the bytes of the file, the same for the same document."""

    suffix: str
    label: str
    media_type: str
    _write: Callable[[Document], bytes]

    def write(self, document: Document) -> bytes:
        """Raises InputError where the format cannot hold the document."""
        return self._write(cleaned(document))


def _docx(document: Document) -> bytes:
    # Here and not above: python-docx takes a tenth of a second that the other formats need not wait for.
    from comptoir.analysis.documents.docx import docx

    return docx(document)


# The most handed over first.
FORMATS: dict[str, Format] = {
    format.suffix: format
    for format in (
        Format("pdf", "PDF", "application/pdf", pdf),
        Format(
            "docx",
            "Word (.docx)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _docx,
        ),
        Format("odt", "LibreOffice (.odt)", "application/vnd.oasis.opendocument.text", odt),
        Format(
            "xlsx",
            "Tableur (.xlsx)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx,
        ),
        Format("csv", "Données (.csv)", "text/csv", csv_bytes),
        Format("html", "Page web (.html)", "text/html", html),
        Format("md", "Markdown (.md)", "text/markdown", markdown),
    )
}


def write(document: Document, suffix: str) -> bytes:
    """The document in the format of this suffix (without dot, any case); InputError lists those that exist."""
    chosen = FORMATS.get(suffix.lower().removeprefix("."))
    if chosen is None:
        raise InputError(f"Le format « {suffix} » n'existe pas : choisissez parmi {', '.join(FORMATS)}.")
    return chosen.write(document)
