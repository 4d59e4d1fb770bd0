"""OpenDocument presentation, written part by part: real titles, tables with a header, notes, a reading order.

The styles are those of odp_styles.xml beside this module. Text that is long for its frame is shrunk, never cut.
"""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from comptoir.analysis.documents.deck import Deck
from comptoir.analysis.documents.deck_layout import (
    DIRECTED,
    SIZES,
    SPACED,
    STRONG,
    Box,
    Grid,
    Picture,
    Sheet,
    Texts,
    colours,
    column_widths,
    sheets,
)
from comptoir.analysis.documents.layout import accent, right_to_left
from comptoir.analysis.documents.model import Look
from comptoir.analysis.documents.odt import HEAD, NAMES, locale_of, manifest_of
from comptoir.analysis.documents.package import zipped

MEDIA_TYPE = "application/vnd.oasis.opendocument.presentation"
_STYLES = Template(files("comptoir.analysis.documents").joinpath("odp_styles.xml").read_text("utf-8"))
_PAGE = '<style:style style:name="Page" style:family="drawing-page"/>'


def odp(deck: Deck) -> bytes:
    """The bytes of an .odp file."""
    logos = {f"Pictures/logo{number}.png": logo.png for number, logo in enumerate(deck.look.logos, 1)}
    parts = {
        "mimetype": MEDIA_TYPE.encode(),
        "content.xml": _content(deck).encode(),
        "styles.xml": _styles(deck).encode(),
        "meta.xml": _meta(deck).encode(),
        **logos,
    }
    parts["META-INF/manifest.xml"] = manifest_of(parts, MEDIA_TYPE).encode()
    return zipped(parts)


def _styles(deck: Deck) -> str:
    look = deck.look
    return _STYLES.substitute(
        names=NAMES, colour=look.colour, accent=accent(look.colour), texts=_texts(look), source=escape(deck.source),
        language=deck.language, country=deck.language.upper() if deck.language == "fr" else "none",
    )  # fmt: skip


def _texts(look: Look) -> str:
    """The styles of paragraphs and cells. Impress wants them where they are used: content, master."""
    inks = colours(look)
    styles = [_text_style(name, size, inks[name], "") for name, size in SIZES.items()]
    styles += [_text_style(name, SIZES[name], inks[name], "_rtl") for name in DIRECTED]
    styles += [
        f'<style:style style:name="{name}" style:family="table-cell"><style:graphic-properties draw:fill="solid"'
        f' draw:fill-color="{fill}" fo:padding="0.2cm" draw:textarea-vertical-align="top"/>'
        '<style:paragraph-properties fo:border="0.5pt solid #aab0b8"/></style:style>'
        for name, fill in (("Head", look.colour), ("Body", "#ffffff"))
    ]
    return "".join(styles)


def _text_style(name: str, size: int, colour: str, direction: str) -> str:
    weight = ' fo:font-weight="bold"' if name in STRONG else ""
    aside = ' style:writing-mode="rl-tb" fo:text-align="right"' if direction else ' fo:text-align="start"'
    aside = ' fo:text-align="end"' if name == "FootEnd" else aside
    return (
        f'<style:style style:name="{name}{direction}" style:family="paragraph"><style:paragraph-properties'
        f' fo:margin-top="0cm" fo:margin-bottom="{SPACED.get(name, 0)}cm"{aside}/><style:text-properties'
        f' style:font-name="Sans" fo:font-size="{size}pt" fo:color="{colour}"{weight}/></style:style>'
    )


def _meta(deck: Deck) -> str:
    return (
        f'{HEAD}<office:document-meta office:version="1.3"{NAMES}><office:meta>'
        f"<dc:title>{escape(deck.title)}</dc:title>"
        f"<dc:subject>{escape(deck.subtitle)}</dc:subject><dc:language>{locale_of(deck.language)}</dc:language>"
        "<meta:generator>Comptoir</meta:generator></office:meta></office:document-meta>"
    )


def _content(deck: Deck) -> str:
    columns: list[str] = []
    pages = [_page(sheet, number, columns) for number, sheet in enumerate(sheets(deck), 1)]
    return (
        f'{HEAD}<office:document-content office:version="1.3"{NAMES}><office:font-face-decls><style:font-face'
        ' style:name="Sans" svg:font-family="\'Liberation Sans\', Arial, sans-serif" style:font-family-generic="swiss"'
        ' style:font-pitch="variable"/></office:font-face-decls>'
        f"<office:automatic-styles>{_PAGE}{_texts(deck.look)}{''.join(columns)}"
        f"</office:automatic-styles><office:body><office:presentation>{''.join(pages)}"
        "</office:presentation></office:body></office:document-content>"
    )


def _page(sheet: Sheet, number: int, columns: list[str]) -> str:
    frames = "".join(_frame(frame, number, columns) for frame in sheet.frames)
    said = "".join(_p("Notes", note) for note in sheet.notes)
    aside = (
        '<presentation:notes draw:style-name="Page"><draw:frame presentation:class="notes" draw:layer="layout"'
        f' presentation:style-name="Main-notes" {_at((2, 14, 17, 12))}><draw:text-box>{said}</draw:text-box>'
        "</draw:frame></presentation:notes>"
        if said
        else ""
    )
    return (
        f'<draw:page draw:name="{escape(f"{number}. {sheet.title}"[:120])}" draw:style-name="Page"'
        f' draw:master-page-name="Main">{frames}{aside}</draw:page>'
    )


def _frame(frame: Texts | Grid | Picture, number: int, columns: list[str]) -> str:
    if isinstance(frame, Grid):
        return _table(frame, number, columns)
    if isinstance(frame, Picture):
        return (
            f'<draw:frame draw:layer="layout" {_at(frame.box)}><draw:image'
            f' xlink:href="Pictures/logo{frame.rank}.png" xlink:type="simple" xlink:show="embed"'
            f' xlink:actuate="onLoad"/><svg:title>{escape(frame.logo.alt)}</svg:title></draw:frame>'
        )
    content = "".join(_p(style, text) for style, text in frame.paragraphs)
    kind = (
        'presentation:style-name="Main-title" presentation:class="title" presentation:user-transformed="true"'
        if frame.title
        else 'draw:style-name="Box"'
    )
    return (
        f'<draw:frame {kind} draw:layer="layout" {_at(frame.box)}><draw:text-box>{content}</draw:text-box></draw:frame>'
    )


def _table(grid: Grid, number: int, columns: list[str]) -> str:
    cols = ""
    for rank, width in enumerate(column_widths(grid), 1):
        name = f"co{number}.{rank}"
        columns.append(
            f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{width:.3f}cm"/></style:style>'
        )
        cols += f'<table:table-column table:style-name="{name}"/>'
    header = "".join(_cell("Head", "CellHead", (label,)) for label in grid.table.header)
    rows = "".join(
        f"<table:table-row>{''.join(_cell('Body', 'Cell', cell.paragraphs) for cell in row)}</table:table-row>"
        for row in grid.table.rows
    )
    return (
        f'<draw:frame draw:layer="layout" {_at(grid.box)}><table:table table:use-first-row-styles="true">{cols}'
        f"<table:table-row>{header}</table:table-row>{rows}</table:table>"
        f"<svg:title>{escape(grid.table.caption)}</svg:title></draw:frame>"
    )


def _cell(style: str, text_style: str, paragraphs: Iterable[str]) -> str:
    content = "".join(_p(text_style, text) for text in paragraphs) or _p(text_style, "")
    return f'<table:table-cell table:style-name="{style}">{content}</table:table-cell>'


def _at(box: Box) -> str:
    left, top, width, height = box
    return f'svg:x="{left:.3f}cm" svg:y="{top:.3f}cm" svg:width="{width:.3f}cm" svg:height="{height:.3f}cm"'


def _p(style: str, text: str) -> str:
    name = f"{style}_rtl" if right_to_left(text) and style in DIRECTED else style
    return f'<text:p text:style-name="{name}">{escape(text)}</text:p>'
