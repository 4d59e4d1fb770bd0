"""From one document tree to bytes in seven formats. See model.py for what it is made of, docs/concepts/documents.md."""

from comptoir.analysis.documents.formats import FORMATS, Format, write
from comptoir.analysis.documents.model import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Logo,
    Look,
    Paragraph,
    Records,
    Table,
)
from comptoir.analysis.documents.protection import protect, unprotect
from comptoir.analysis.documents.synthesis import synthesis_document

__all__ = [
    "FORMATS",
    "Block",
    "BulletList",
    "Cell",
    "Document",
    "Format",
    "Heading",
    "Logo",
    "Look",
    "Paragraph",
    "Records",
    "Table",
    "protect",
    "synthesis_document",
    "unprotect",
    "write",
]
