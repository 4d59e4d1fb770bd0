"""What the command line does with bytes, without a file or a terminal."""

import csv
import json
import math
from dataclasses import asdict, replace

from comptoir.analysis.documents import FORMATS, write
from comptoir.analysis.documents.synthesis import synthesis_document
from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping.files import Columns
from comptoir.analysis.grouping.notes import synthesis_of_notes
from comptoir.analysis.synthesis import Notes, Synthesis, read_file


def synthesis_of(data: bytes, name: str, *, title: str | None = None) -> Synthesis:
    """The synthesis that a file holds, or that its notes make once grouped. Raises InputError."""
    reading = read_file(data, name)
    synthesis = synthesis_of_notes(reading) if isinstance(reading, Notes) else reading
    return replace(synthesis, title=title) if title else synthesis


def checked_format(suffix: str, output: str) -> None:
    """Raises InputError, before any work, where no document is written with this suffix."""
    if suffix not in FORMATS:
        message = f"le format « .{suffix} » n'existe pas. Choisissez parmi {', '.join(FORMATS)}."
        raise InputError(message, source=output)


def document_of(synthesis: Synthesis, suffix: str) -> bytes:
    """The synthesis as a file in the format of this suffix. Raises InputError where the format cannot hold it."""
    return write(synthesis_document(synthesis), suffix)


def synthesis_json(synthesis: Synthesis) -> bytes:
    """Counts first, then everything that was understood, remarks included."""
    counts = {"items": synthesis.items, "occurrences": synthesis.occurrences}
    return (json.dumps(counts | asdict(synthesis), ensure_ascii=False, indent=1) + "\n").encode()


def columns_of(text: str, within: str, tally: str) -> Columns:
    """The columns named on the command line; a name that holds a comma is written between double quotes."""
    return Columns(text, names_of(within), tally)


def names_of(listed: str) -> tuple[str, ...]:
    """The names of a list as typed: separated by commas, between double quotes where one holds a comma."""
    try:
        names = next(csv.reader([listed], strict=True, skipinitialspace=True), [])
    except csv.Error:
        raise InputError(f"La liste de colonnes « {listed} » est mal écrite : un guillemet manque.") from None
    return tuple(name.strip() for name in names if name.strip())


def percent_of(said: str, option: str) -> float | None:
    """A percentage as typed, None where nothing is. Raises InputError for what is not between 0 and 100."""
    if not said:
        return None
    try:
        value = float(said.replace(",", ".").removesuffix("%"))
    except ValueError:
        value = math.nan
    if not 0 <= value <= 100:
        raise InputError(f"L'option {option} attend un pourcentage entre 0 et 100, pas « {said[:40]} ».")
    return value
