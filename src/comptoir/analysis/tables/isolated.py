"""Reads a workbook in a process of its own: a file made to fill the memory kills that process and nothing else.

Run as a script, it imports nothing from the package: bytes on standard input, JSON on standard output. Two cells at
opposite corners of a small XLSX are enough to make the reader ask for 500 GB, which ends the process.
"""

import datetime
import io
import json
import sys
from typing import Any

MEMORY = 2 * 1024**3
MAX_TEXT = 50_000_000


def text_of(value: object) -> str:
    """A cell as a person reads it in France: 3, 2,5, 01/03/2025, VRAI."""
    match value:
        case bool():
            return "VRAI" if value else "FAUX"
        case float():
            return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
        case datetime.datetime():
            return value.strftime("%d/%m/%Y" if value.time() == datetime.time() else "%d/%m/%Y %H:%M")
        case datetime.date():
            return value.strftime("%d/%m/%Y")
    return str(value).strip()


def read(data: bytes, most_rows: int) -> dict[str, Any]:
    """{"sheets": [{"name", "hidden", "rows": [[line, [cell, …]], …], "merged"}]}, or {"error": its name}."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        size = 0
        for meta in book.sheets_metadata:
            if meta.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
            rows: list[tuple[int, list[str]]] = []
            first, left = sheet.start or (0, 0)
            for line, row in enumerate([] if hidden else sheet.to_python(nrows=most_rows + 1), first + 1):
                cells = [""] * left + [text_of(value) for value in row]
                size += sum(map(len, cells))
                if size > MAX_TEXT:
                    return {"error": "size"}
                if any(cells):
                    rows.append((line, cells))
            if len(rows) > most_rows:
                return {"error": "rows"}
            merged = (sheet.merged_cell_ranges or []) if not hidden else []
            sheets.append({"name": meta.name, "hidden": hidden, "rows": rows, "merged": merged})
    except calamine.PasswordError:
        return {"error": "password"}
    except calamine.CalamineError:
        return {"error": "damaged"}
    return {"sheets": sheets}


if __name__ == "__main__":
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # not on every system: the process is apart all the same
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read(), int(sys.argv[1]))))  # dump() would write cell by cell
