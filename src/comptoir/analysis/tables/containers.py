"""What a file really is, whatever its name says, and archives opened without danger."""

import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath
from xml.etree import ElementTree

from ..errors import InputError
from .model import MAX_BYTES, MAX_UNCOMPRESSED

_MAX_ENTRIES = 5_000
_MANIFEST = "META-INF/manifest.xml"
_PASSWORD = "ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe."  # noqa: S105 - a sentence


class Format(StrEnum):
    TEXT = "texte"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    DOCX = "DOCX"
    ODT = "ODT"


_SUFFIXES = {
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xls": Format.XLS,
    ".ods": Format.ODS,
    ".docx": Format.DOCX,
    ".odt": Format.ODT,
    ".csv": Format.TEXT,
    ".tsv": Format.TEXT,
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (
    (b"%PDF", "un PDF. Copiez son texte, ou demandez le fichier d'origine"),
    (b"\x89PNG", "une image. Recopiez les notes, ou demandez le fichier d'origine"),
    (b"\xff\xd8\xff", "une image. Recopiez les notes, ou demandez le fichier d'origine"),
    (b"GIF8", "une image. Recopiez les notes, ou demandez le fichier d'origine"),
    (b"RIFF", "une image ou un son. Recopiez les notes, ou demandez le fichier d'origine"),
    (b"{\\rtf", "un document RTF. Enregistrez-le en DOCX ou en ODT"),
    (b"\x1f\x8b", "une archive. Sortez-en le fichier"),
    (b"7z\xbc\xaf", "une archive. Sortez-en le fichier"),
    (b"Rar!", "une archive. Sortez-en le fichier"),
    (b"<!doctype html", "une page web. Enregistrez-la en XLSX ou en CSV"),
    (b"<html", "une page web. Enregistrez-la en XLSX ou en CSV"),
    (b"<?xml", "un fichier XML. Enregistrez-le en XLSX, ODS ou CSV"),
)


def format_of(data: bytes, name: str, most_text: int = MAX_BYTES) -> Format:
    """The format told by the content.

    Raises InputError for an empty file, a file over MAX_BYTES (a text, over `most_text`), and for formats that are not
    read, named in French.
    """
    most = MAX_BYTES if data.startswith((_OLE, b"PK")) else most_text
    if len(data) > most:
        raise InputError(f"ce fichier dépasse {most // 1024 // 1024} Mo. Découpez-le.", source=name)
    if not data.strip():
        raise InputError("ce fichier est vide.", source=name)
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _REFUSED:
        if data.startswith(mark) or (mark.startswith(b"<") and start.startswith(mark)):
            raise InputError(f"ce fichier est {what}.", source=name)
    if data.startswith(_OLE):
        return _format_of_ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with open_archive(data, name) as archive:
            return _format_of_archive(archive, name)
    return Format.TEXT


def announced(name: str) -> Format | None:
    """The format that the suffix of a name announces, None where it says nothing."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def _format_of_ole(data: bytes, name: str) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(_PASSWORD, source=name)
    if "WordDocument".encode("utf-16-le") in data:
        raise InputError("ce fichier est un ancien document Word. Enregistrez-le en DOCX ou en ODT.", source=name)
    return Format.XLS


def _format_of_archive(archive: zipfile.ZipFile, name: str) -> Format:
    names = set(archive.namelist())
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100]
        for mark, found in ((b".spreadsheet", Format.ODS), (b".text", Format.ODT)):
            if mark in kind and "content.xml" in names:
                if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
                    raise InputError(_PASSWORD, source=name)
                return found
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.bin" in names:
        raise InputError("ce fichier est un classeur XLSB. Enregistrez-le en XLSX.", source=name)
    message = "cette archive n'est ni un classeur ni un document. Donnez un XLSX, ODS, DOCX, ODT ou CSV."
    raise InputError(message, source=name)


def open_archive(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive, once all of its content has been measured.

    Sizes are added up before anything is unpacked, then every entry is unpacked once in small pieces: an entry larger
    than it says fails there, before a library that believes it. Raises InputError.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNCOMPRESSED:
            raise InputError("ce fichier, une fois ouvert, est trop grand. Découpez-le.", source=source)
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError(_PASSWORD, source=source)
        broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise damaged(source) from error
    if broken:
        raise damaged(source)
    return archive


def damaged(source: str) -> InputError:
    message = "ce fichier est abîmé. Ouvrez-le avec votre logiciel, enregistrez-le à nouveau, puis recommencez."
    return InputError(message, source=source)


def read_xml(archive: zipfile.ZipFile, part: str, source: str) -> ElementTree.Element:
    """The root of an XML part. One that declares a document type or entities, or hides its letters, is refused."""
    try:
        data = archive.read(part)
    except KeyError as error:
        raise damaged(source) from error
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data[:200]:
        raise InputError("ce fichier contient des définitions interdites : il n'est pas ouvert.", source=source)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - no document type, no entity: refused just above
    except ElementTree.ParseError as error:
        raise damaged(source) from error
