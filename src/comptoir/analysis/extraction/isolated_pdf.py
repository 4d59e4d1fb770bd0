"""Reads the text of a PDF in a process of its own: a file made to fill the memory kills that process and nothing else.

Run as a script, it imports nothing from the package: bytes on standard input, JSON on standard output.
"""

import io
import json
import sys
from typing import Any

MEMORY = 2 * 1024**3
MAX_PAGES, MAX_TEXT = 2_000, 20_000_000


def read(data: bytes) -> dict[str, Any]:
    """{"pages": [text, …]}, or {"error": its name}."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "password"}
        if len(reader.pages) > MAX_PAGES:
            return {"error": "pages"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            if sum(map(len, pages)) > MAX_TEXT:
                return {"error": "pages"}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return {"error": "damaged"}
    return {"pages": pages}


if __name__ == "__main__":
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # not on every system: the process is apart all the same
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
