"""OpenDocument presentation, written part by part: real titles, tables with a header, notes, a reading order.

Frames stand in the file in the order in which a screen reader reads them. The styles are those of odp_styles.xml
beside this module. Text that is long for its frame is shrunk, never cut.
"""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from comptoir.analysis.documents.deck import Deck, Slide
from comptoir.analysis.documents.layout import accent, ink_on, logo_size, right_to_left, widths
from comptoir.analysis.documents.model import Cell, Look, Table
from comptoir.analysis.documents.odt import HEAD, NAMES, locale_of, manifest_of
from comptoir.analysis.documents.package import zipped

MEDIA_TYPE = "application/vnd.oasis.opendocument.presentation"
_STYLES = Template(files("comptoir.analysis.documents").joinpath("odp_styles.xml").read_text("utf-8"))
_LEFT, _WIDTH, _GAP = 1.4, 25.2, 0.8  # centimetres, on a page of 28 by 15.75
_TOP, _FOOT = 3.1, 14.4  # where the matter of a slide begins and ends
_LINE, _PADDING = 0.72, 0.45  # centimetres: a line of a table, what stands around a cell
_LETTERS = 3.1  # letters of a table in a centimetre, about
_DIRECTED = ("Answer", "Text", "Words", "Cell")
_PAGE = '<style:style style:name="Page" style:family="drawing-page"/>'
_DARK, _GREY = "#1b1f24", "#4a525c"
_STRONG = frozenset({"Title", "Opening", "Answer", "Value", "CellHead"})
_SIZES = {  # points
    "Title": 28, "Opening": 40, "Answer": 22, "Text": 18, "Words": 22, "Value": 44, "Source": 14, "Notes": 12,
    "Cell": 16, "CellHead": 16, "Foot": 12, "FootEnd": 12,
}  # fmt: skip


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
    colours = {"Title": accent(look.colour), "Opening": accent(look.colour), "Value": accent(look.colour)}
    colours |= {"Source": _GREY, "Foot": _GREY, "FootEnd": _GREY, "CellHead": ink_on(look.colour)}
    styles = [_text_style(name, size, colours.get(name, _DARK), "") for name, size in _SIZES.items()]
    styles += [_text_style(name, _SIZES[name], colours.get(name, _DARK), "_rtl") for name in _DIRECTED]
    styles += [
        f'<style:style style:name="{name}" style:family="table-cell"><style:graphic-properties draw:fill="solid"'
        f' draw:fill-color="{fill}" fo:padding="0.2cm" draw:textarea-vertical-align="top"/>'
        '<style:paragraph-properties fo:border="0.5pt solid #aab0b8"/></style:style>'
        for name, fill in (("Head", look.colour), ("Body", "#ffffff"))
    ]
    return "".join(styles)


def _text_style(name: str, size: int, colour: str, direction: str) -> str:
    weight = ' fo:font-weight="bold"' if name in _STRONG else ""
    aside = ' style:writing-mode="rl-tb" fo:text-align="right"' if direction else ' fo:text-align="start"'
    aside = ' fo:text-align="end"' if name == "FootEnd" else aside
    below = "0.25cm" if name in {"Source", "Text", "Notes"} else "0cm"
    return (
        f'<style:style style:name="{name}{direction}" style:family="paragraph"><style:paragraph-properties'
        f' fo:margin-top="0cm" fo:margin-bottom="{below}"{aside}/><style:text-properties style:font-name="Sans"'
        f' fo:font-size="{size}pt" fo:color="{colour}"{weight}/></style:style>'
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
    pages = [_opening(deck), *(_page(slide, number, columns) for number, slide in enumerate(deck.slides, 2))]
    return (
        f'{HEAD}<office:document-content office:version="1.3"{NAMES}><office:font-face-decls><style:font-face'
        ' style:name="Sans" svg:font-family="\'Liberation Sans\', Arial, sans-serif" style:font-family-generic="swiss"'
        ' style:font-pitch="variable"/></office:font-face-decls>'
        f"<office:automatic-styles>{_PAGE}{_texts(deck.look)}{''.join(columns)}"
        f"</office:automatic-styles><office:body><office:presentation>{''.join(pages)}"
        "</office:presentation></office:body></office:document-content>"
    )


def _opening(deck: Deck) -> str:
    frames = [_title(deck.title, 4.2, 3.4, "Opening"), _frame("Answer", [deck.subtitle], (_LEFT, 8.1, _WIDTH, 1.8))]
    left = _LEFT
    for number, logo in enumerate(deck.look.logos, 1):
        width, height = logo_size(logo)
        frames.append(
            f'<draw:frame draw:layer="layout" {_at(left, 1.2, width, height)}><draw:image'
            f' xlink:href="Pictures/logo{number}.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:title>{escape(logo.alt)}</svg:title></draw:frame>"
        )
        left += width + _GAP
    return _sheet(deck.title, 1, frames, ())


def _page(slide: Slide, number: int, columns: list[str]) -> str:
    """Title; answer; figures beside words; points; table: each takes the height that it needs."""
    frames = [_title(slide.title, 0.7, 2.1)]
    top = _TOP
    if slide.answer:
        frames.append(_frame("Answer", [slide.answer], (_LEFT, top, _WIDTH, 2.0)))
        top += 2.3
    table_height = _height(slide.table) if slide.table else 0.0
    captioned = slide.table is not None and not slide.title.startswith(slide.table.caption)
    bottom = _FOOT - table_height - (1.1 if captioned else 0.3 if table_height else 0)
    if slide.figures or slide.words or slide.points:
        frames += _middle(slide, top, max(2.0, bottom - top))
    if slide.table:
        at = _FOOT - table_height if slide.answer or captioned else top
        if captioned:
            frames.append(_frame("Source", [slide.table.caption], (_LEFT, bottom + 0.2, _WIDTH, 0.8)))
        frames.append(_table(slide.table, (_LEFT, at, _WIDTH, table_height), number, columns))
    return _sheet(slide.title, number, frames, slide.notes)


def _middle(slide: Slide, top: float, height: float) -> list[str]:
    """One or two columns: figures and points, then words."""
    two = bool(slide.words) and bool(slide.figures or slide.points)
    width = (_WIDTH - _GAP) / 2 if two else _WIDTH
    frames = []
    share = height / max(1, len(slide.figures) + bool(slide.points))
    for rank, figure in enumerate(slide.figures):
        paragraphs = [("Value", figure.value), ("Text", figure.text), ("Source", figure.source)]
        frames.append(_frame_of(paragraphs, (_LEFT, top + rank * share, width, share - 0.1)))
    if slide.points:
        at = top + len(slide.figures) * share
        frames.append(_frame("Text", slide.points, (_LEFT, at, width, share)))
    if slide.words:
        said = [part for one in slide.words for part in (("Words", f"« {one.text} »"), ("Source", one.source))]
        frames.append(_frame_of(said, (_LEFT + (width + _GAP if two else 0), top, width, height)))
    return frames


def _height(table: Table) -> float:
    """Centimetres that a table takes: its rows, each as high as its fullest cell wants."""
    shares = widths(table)
    rows = [*(row for row in table.rows), tuple(Cell((label,)) for label in table.header)]
    return sum(max(_cell_height(cell, share) for cell, share in zip(row, shares, strict=True)) for row in rows)


def _cell_height(cell: Cell, share: float) -> float:
    line = max(4, int(share * _WIDTH * _LETTERS))
    return _LINE * sum(1 + len(text) // line for text in cell.paragraphs or ("",)) + _PADDING


def _table(table: Table, box: tuple[float, float, float, float], number: int, columns: list[str]) -> str:
    cols = ""
    for rank, share in enumerate(widths(table), 1):
        name = f"co{number}.{rank}"
        columns.append(
            f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{share * _WIDTH:.3f}cm"/></style:style>'
        )
        cols += f'<table:table-column table:style-name="{name}"/>'
    header = "".join(_cell("Head", "CellHead", (label,)) for label in table.header)
    rows = "".join(
        f"<table:table-row>{''.join(_cell('Body', 'Cell', cell.paragraphs) for cell in row)}</table:table-row>"
        for row in table.rows
    )
    return (
        f'<draw:frame draw:layer="layout" {_at(*box)}><table:table table:use-first-row-styles="true">{cols}'
        f"<table:table-row>{header}</table:table-row>{rows}</table:table>"
        f"<svg:title>{escape(table.caption)}</svg:title></draw:frame>"
    )


def _cell(style: str, text_style: str, paragraphs: Iterable[str]) -> str:
    content = "".join(_p(text_style, text) for text in paragraphs) or _p(text_style, "")
    return f'<table:table-cell table:style-name="{style}">{content}</table:table-cell>'


def _sheet(title: str, number: int, frames: Iterable[str], notes: Iterable[str]) -> str:
    said = "".join(_p("Notes", note) for note in notes)
    aside = (
        '<presentation:notes draw:style-name="Page"><draw:frame presentation:class="notes" draw:layer="layout"'
        f' presentation:style-name="Main-notes" {_at(2, 14, 17, 12)}><draw:text-box>{said}</draw:text-box></draw:frame>'
        "</presentation:notes>"
        if said
        else ""
    )
    return (
        f'<draw:page draw:name="{escape(f"{number}. {title}"[:120])}" draw:style-name="Page"'
        f' draw:master-page-name="Main">{"".join(frames)}{aside}</draw:page>'
    )


def _title(text: str, top: float, height: float, style: str = "Title") -> str:
    return (
        f'<draw:frame presentation:style-name="Main-title" presentation:class="title" draw:layer="layout"'
        f' presentation:user-transformed="true" {_at(_LEFT, top, _WIDTH, height)}><draw:text-box>{_p(style, text)}'
        "</draw:text-box></draw:frame>"
    )


def _frame(style: str, paragraphs: Iterable[str], box: tuple[float, float, float, float]) -> str:
    return _frame_of([(style, text) for text in paragraphs], box)


def _frame_of(paragraphs: Iterable[tuple[str, str]], box: tuple[float, float, float, float]) -> str:
    content = "".join(_p(style, text) for style, text in paragraphs if text)
    return (
        f'<draw:frame draw:style-name="Box" draw:layer="layout" {_at(*box)}>'
        f"<draw:text-box>{content}</draw:text-box></draw:frame>"
    )


def _at(left: float, top: float, width: float, height: float) -> str:
    return f'svg:x="{left:.3f}cm" svg:y="{top:.3f}cm" svg:width="{width:.3f}cm" svg:height="{height:.3f}cm"'


def _p(style: str, text: str) -> str:
    name = f"{style}_rtl" if right_to_left(text) and style in _DIRECTED else style
    return f'<text:p text:style-name="{name}">{escape(text)}</text:p>'
