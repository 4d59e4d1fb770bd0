"""Names read from a file, and proposals written for a screen or a machine."""

import json
from collections.abc import Sequence

from ..errors import InputError
from ..tables import Format, format_of, read_sheets
from ..tables.delimited import decode
from .amounts import in_figures
from .commits import Found, Named
from .dates import in_full

_UNITS = {"euro": "€", "fte": "ETP", "offer": "offre(s)"}


def read_names(data: bytes, name: str) -> tuple[Named, ...]:
    """One name a row, other ways to write it in the next cells. Raises InputError where there is none."""
    if format_of(data, name) is Format.TEXT:
        table = [line.split(";") for line in decode(data, source=name)[0].splitlines()]
    else:
        table = [list(row.cells) for sheet in read_sheets(data, name) for row in sheet.rows]
    rows = [[cell.strip() for cell in cells if cell.strip()] for cells in table]
    named = tuple(Named(cells[0], tuple(cells[1:])) for cells in rows if cells)
    if not named:
        raise InputError("ce fichier ne contient aucun nom.", source=name)
    return named


def found_json(found: Sequence[Found]) -> bytes:
    """A list, in the order of the text; days as 2027-06-30, amounts as texts, so that no digit is lost."""
    rows = [
        {
            "wording": one.wording,
            "sentence": one.sentence,
            "signatory": one.signatory or None,
            "subject": one.subject or None,
            "everyone": one.everyone,
            "due": one.due.day.isoformat() if one.due else None,
            "amounts": [{"value": str(amount.value), "unit": amount.unit.value} for amount in one.amounts],
            "neighbourhoods": list(one.neighbourhoods),
            "level": one.level or None,
            "place": {
                "page": one.place.page, "paragraph": one.place.paragraph, "table": one.place.table,
                "line": one.place.line, "section": one.place.section or None,
            },
            "reasons": list(one.reasons),
        }
        for one in found
    ]  # fmt: skip
    return (json.dumps({"commitments": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def found_text(found: Sequence[Found], names: bool) -> str:
    """One proposal a paragraph: who, what, when, with what, where it is said."""
    count = len(found)
    lines = [f"{count} engagement{'s' if count > 1 else ''} proposé{'s' if count > 1 else ''}, à relire."]
    if not names:
        lines.append("Sans la liste des signataires (--signatories), seul ce qui est dit en toutes lettres est trouvé.")
    for number, one in enumerate(found, 1):
        who = one.signatory or (f"{one.subject or '?'} (à reconnaître)")
        lines += ["", f"{number}. {who} : {one.wording}"]
        told = [f"pour le {in_full(one.due.day)}"] if one.due else []
        told += [f"{in_figures(amount.value)} {_UNITS[amount.unit.value]}" for amount in one.amounts]
        told += list(one.neighbourhoods)
        if told:
            lines.append(f"   {', '.join(told)}")
        lines.append(f"   {one.place}{f', « {one.place.section} »' if one.place.section else ''}")
    return "\n".join(lines) + "\n"
