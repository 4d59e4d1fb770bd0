"""OpenDocument text, written part by part: real heading styles, header rows, alternatives, language, pages that turn.

The parts are few and plain; the styles are those of odt_styles.xml beside this module.
"""

import re
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from comptoir.analysis.documents.layout import (
    PAGE_CM,
    accent,
    caption_repeats,
    ink_on,
    logo_size,
    right_to_left,
    sections,
    split_mark,
    widths,
)
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Look, Paragraph, Table
from comptoir.analysis.documents.package import zipped

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_STYLES = Template(files("comptoir.analysis.documents").joinpath("odt_styles.xml").read_text("utf-8"))
NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
        ("presentation", "presentation"),
    )
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FROM_THE_RIGHT = '<style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="right"/>'
_DIRECTED = (
    *("Standard", "Note", "Table_20_Contents", "Table_20_Heading", "List_20_Contents"),
    *(f"Heading_20_{level}" for level in range(1, 6)),
)
_DIRECTIONS = "".join(
    f'<style:style style:name="{parent}_rtl" style:family="paragraph" style:parent-style-name="{parent}">'
    f"{_FROM_THE_RIGHT}</style:style>"
    for parent in _DIRECTED
)
_SPACING = re.compile(r"\n|\t|^ +| {2,}| +$")


def odt(document: Document) -> bytes:
    """The bytes of an .odt file."""
    look = document.look
    logos = {f"Pictures/logo{number}.png": logo.png for number, logo in enumerate(look.logos, 1)}
    parts = {
        "mimetype": _MEDIA_TYPE.encode(),
        "content.xml": _content(document).encode(),
        "styles.xml": _styles(document).encode(),
        "meta.xml": _meta(document).encode(),
        **logos,
    }
    parts["META-INF/manifest.xml"] = manifest_of(parts, _MEDIA_TYPE).encode()
    return zipped(parts)


def _styles(document: Document) -> str:
    look = document.look
    return _STYLES.substitute(
        language=document.language,
        country=document.language.upper() if document.language == "fr" else "none",
        colour=look.colour,
        accent=accent(look.colour),
        ink=ink_on(look.colour),
        footer=_text(look.footer),
    )


def _meta(document: Document) -> str:
    return (
        f'{HEAD}<office:document-meta office:version="1.3"{NAMES}><office:meta>'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subtitle)}</dc:subject>"
        f"<dc:language>{locale_of(document.language)}</dc:language>"
        "<meta:generator>Comptoir</meta:generator></office:meta></office:document-meta>"
    )


def locale_of(language: str) -> str:
    return "fr-FR" if language == "fr" else language


def manifest_of(parts: Iterable[str], media_type: str) -> str:
    """The list of the parts of an OpenDocument file of this type."""
    kinds = {"xml": "text/xml", "png": "image/png"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kinds[name.rsplit(".")[-1]]}"/>'
        for name in parts
        if name != "mimetype"
    )
    return (
        f'{HEAD}<manifest:manifest manifest:version="1.3"{NAMES}>'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{media_type}"/>'
        f"{entries}</manifest:manifest>"
    )


class _Body:
    """The blocks as they are written, and the automatic styles that they need."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self.tables = 0
        self.turn = ""  # the page that the next paragraph begins, where it turns

    def style(self, parent: str, text: str) -> str:
        """The paragraph style to use: the parent's, or one of its own that begins a page of another orientation."""
        if not self.turn:
            return _directed(parent, text)
        name = f"{parent}_on_{self.turn}"
        self.styles.append(
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"'
            f' style:master-page-name="{self.turn}">{_FROM_THE_RIGHT if right_to_left(text) else ""}</style:style>'
        )
        self.turn = ""
        return name

    def paragraph(self, style: str, text: str, content: str = "") -> str:
        """`content`: the XML to show, where it is more than the text."""
        return f'<text:p text:style-name="{self.style(style, text)}">{content or _text(text)}</text:p>'

    def block(self, block: Block, before: Block | None, wide: bool) -> str:
        match block:
            case Heading():
                style = self.style(f"Heading_20_{block.level}", block.text)
                return (
                    f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{_text(block.text)}</text:h>'
                )
            case Paragraph():
                return self.paragraph("Note" if block.small else "Standard", block.text)
            case BulletList():
                items = "".join(
                    f"<text:list-item>{_p('List_20_Contents', item)}</text:list-item>" for item in block.items
                )
                return f'<text:list text:style-name="Bullets">{items}</text:list>'
            case Table():
                shown = block.caption and not caption_repeats(before, block)
                caption = self.paragraph("Table_20_Caption", block.caption) if shown else ""
                return caption + self.table(block, wide)

    def table(self, table: Table, wide: bool) -> str:
        self.tables += 1
        name = f"T{self.tables}"
        columns = ""
        for number, share in enumerate(widths(table), 1):
            self.styles.append(
                f'<style:style style:name="{name}.{number}" style:family="table-column"><style:table-column-properties'
                f' style:column-width="{share * PAGE_CM[wide]:.3f}cm"/></style:style>'
            )
            columns += f'<table:table-column table:style-name="{name}.{number}"/>'
        header = "".join(_cell("Head", [_p("Table_20_Heading", label)]) for label in table.header)
        rows = "".join(f"<table:table-row>{''.join(map(_items, row))}</table:table-row>" for row in table.rows)
        return (
            f'<table:table table:name="{name}" table:style-name="Table{"Wide" if wide else ""}">'
            f"<table:title>{escape(table.caption)}</table:title>{columns}"
            f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
            f"{rows}</table:table>"
        )


def _content(document: Document) -> str:
    body = _Body()
    before: Block | None = None
    written: list[str] = []
    for number, section in enumerate(sections(document.blocks)):
        body.turn = "Landscape" if section.wide else "Standard"
        if number == 0:
            written.append(_opening(document, body))
        for block in section.blocks:
            written.append(body.block(block, before, section.wide))
            before = block
    return (
        f'{HEAD}<office:document-content office:version="1.3"{NAMES}><office:automatic-styles>'
        f"{_table_styles(document.look)}{_DIRECTIONS}{''.join(body.styles)}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(written)}</office:text></office:body></office:document-content>"
    )


def _table_styles(look: Look) -> str:
    def cell(name: str, fill: str) -> str:
        return (
            f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
            f' fo:padding="0.15cm" fo:border="0.5pt solid #aab0b8" style:vertical-align="top"{fill}/></style:style>'
        )

    def table(name: str, width: float) -> str:
        return (
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{width}cm"'
            ' table:align="left" style:may-break-between-rows="true"/></style:style>'
        )

    tables = table("Table", PAGE_CM[False]) + table("TableWide", PAGE_CM[True])
    return tables + cell("Head", f' fo:background-color="{look.colour}"') + cell("Body", "")


def _opening(document: Document, body: _Body) -> str:
    look = document.look
    frames = []
    for number, logo in enumerate(look.logos, 1):
        width, height = logo_size(logo)
        frames.append(
            f'<draw:frame draw:name="Logo {number}" text:anchor-type="as-char" svg:width="{width:.3f}cm"'
            f' svg:height="{height:.3f}cm"><draw:image xlink:href="Pictures/logo{number}.png" xlink:type="simple"'
            f' xlink:show="embed" xlink:actuate="onLoad"/><svg:title>{escape(logo.alt)}</svg:title></draw:frame>'
        )
    letterhead = "<text:s/>".join([*frames, *([f'<text:s text:c="3"/>{_text(look.name)}'] if look.name else [])])
    opening = body.paragraph("Letterhead", "", letterhead) if letterhead else ""
    opening += body.paragraph("Title", document.title)
    return opening + (_p("Subtitle", document.subtitle) if document.subtitle else "")


def _directed(style: str, text: str) -> str:
    return f"{style}_rtl" if style in _DIRECTED and right_to_left(text) else style


def _p(style: str, words: str, mark: str = "") -> str:
    content = _text(words)
    if mark:  # a space at the end stands before the count: it need not be told
        content = f'{_text(words + "|")[:-1]}<text:span text:style-name="Count">{_text(mark)}</text:span>'
    return f'<text:p text:style-name="{_directed(style, words)}">{content}</text:p>'


def _cell(style: str, paragraphs: Iterable[str]) -> str:
    content = "".join(paragraphs) or _p("Table_20_Contents", "")
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}</table:table-cell>'


def _items(cell: Cell) -> str:
    return _cell("Body", (_p("Table_20_Contents", *split_mark(text)) for text in cell.paragraphs))


def _text(text: str) -> str:
    """XML of a text with the spaces, tabs and line ends that OpenDocument would otherwise fold into one space."""
    return _SPACING.sub(_space, escape(text))


def _space(match: re.Match[str]) -> str:
    found = match.group()
    if found in "\n\t":
        return "<text:line-break/>" if found == "\n" else "<text:tab/>"
    return f'<text:s text:c="{len(found)}"/>'
