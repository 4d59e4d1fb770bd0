"""Zip files (ODT, DOCX) whose bytes depend on what they hold only: no clock, a fixed order."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNCOMPRESSED = "mimetype"  # OpenDocument wants it first and as it is, so that the first bytes say what the file is


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these named parts, sorted by name after `mimetype`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != _UNCOMPRESSED, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == _UNCOMPRESSED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
