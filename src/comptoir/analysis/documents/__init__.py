"""From one document tree to bytes in seven formats, from a deck to slides and a poster.

See model.py and deck.py for what they are made of, docs/concepts/documents.md for what is promised.
"""

from comptoir.analysis.documents.deck import Deck, DeckFormat, Figure, Slide, Words
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
from comptoir.analysis.documents.odp import MEDIA_TYPE as ODP_TYPE
from comptoir.analysis.documents.odp import odp
from comptoir.analysis.documents.poster import poster_html, poster_pdf
from comptoir.analysis.documents.pptx import MEDIA_TYPE as PPTX_TYPE
from comptoir.analysis.documents.pptx import pptx
from comptoir.analysis.documents.protection import protect, unprotect
from comptoir.analysis.documents.synthesis import synthesis_document

DECK_FORMATS: dict[str, DeckFormat] = {
    "diapositives": DeckFormat("Diapositives (.odp)", "odp", ODP_TYPE, odp),
    "diaporama": DeckFormat("Diapositives (.pptx)", "pptx", PPTX_TYPE, pptx),
    "affiche": DeckFormat("Affiche A3 (.pdf)", "pdf", "application/pdf", poster_pdf),
    "affiche-web": DeckFormat("Affiche à imprimer (.html)", "html", "text/html", poster_html),
}
"""What a deck is written to, by the word that stands in addresses and in the names of files."""

__all__ = [
    "DECK_FORMATS",
    "FORMATS",
    "Block",
    "BulletList",
    "Cell",
    "Deck",
    "DeckFormat",
    "Document",
    "Figure",
    "Format",
    "Heading",
    "Logo",
    "Look",
    "Paragraph",
    "Records",
    "Slide",
    "Table",
    "Words",
    "protect",
    "synthesis_document",
    "unprotect",
    "write",
]
