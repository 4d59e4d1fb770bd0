"""The file store: content-addressed, on disk. What a file is and who may read it is known by the rooms above."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from comptoir.kit.errors import Gone


def _place(digest: str) -> Path:
    root: Path = settings.FILES
    return root / digest[:2] / digest


def put(content: bytes) -> str:
    """Keep `content` and return its SHA-256 digest. Putting the same content twice keeps it once."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, place)
    except BaseException:
        os.unlink(draft)
        raise
    return digest


def get(digest: str) -> bytes:
    """The content that was put under this digest. Gone (a FileNotFoundError) when it is no longer there."""
    try:
        return _place(digest).read_bytes()
    except FileNotFoundError as error:
        raise Gone("Le fichier d'origine n'est plus gardé : envoyez-le de nouveau.") from error


def exists(digest: str) -> bool:
    return _place(digest).exists()


def remove(digest: str) -> None:
    """Forget a content: its time is over, or somebody asked for it. `get` then raises, as for one that was lost."""
    _place(digest).unlink(missing_ok=True)
