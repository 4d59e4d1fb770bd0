"""Translations: what a `.po` file says, and the `.mo` file that gettext reads. No program outside Python is needed.

Only what our catalogues hold is read: comments, `msgid`, `msgid_plural`, `msgstr`, strings over several lines.
"""

import ast
import re
import struct
from collections.abc import Mapping
from pathlib import Path

LINE = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*("(?:[^"\\]|\\.)*")\s*$')
MAGIC = 0x950412DE


def read_po(text: str) -> dict[str, str]:
    """What is written -> its translation, as gettext keys them: one and many apart by a zero. Raises ValueError."""
    entries: list[dict[str, str]] = []
    part = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.match(line)
        if not found:
            raise ValueError(f"line {number}: {line}")
        keyword, words = found[1], ast.literal_eval(found[2])
        if keyword == "msgid":
            entries.append({})
        part = keyword or part
        entries[-1][part] = entries[-1].get(part, "") + words
    return dict(_pair(entry) for entry in entries)


def _pair(entry: Mapping[str, str]) -> tuple[str, str]:
    if "msgid_plural" not in entry:
        return entry["msgid"], entry["msgstr"]
    forms = [entry[key] for key in sorted(entry) if key.startswith("msgstr[")]
    return f"{entry['msgid']}\0{entry['msgid_plural']}", "\0".join(forms)


def write_mo(messages: Mapping[str, str]) -> bytes:
    """The binary catalogue (GNU gettext, format revision 0), the same bytes for the same messages."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(messages.items()) if value]
    start = 28 + 16 * len(pairs)
    keys, values, body = b"", b"", b""
    for table in (0, 1):
        for pair in pairs:
            entry = struct.pack("<II", len(pair[table]), start + len(body))
            body += pair[table] + b"\0"
            if table == 0:
                keys += entry
            else:
                values += entry
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs))
    return head + keys + values + body


def catalogues() -> list[Path]:
    """The `.po` files of the package."""
    return sorted(Path(__file__).parents[1].glob("*/locale/*/LC_MESSAGES/*.po"))


def compiled(path: Path) -> bytes:
    return write_mo(read_po(path.read_text("utf-8")))
