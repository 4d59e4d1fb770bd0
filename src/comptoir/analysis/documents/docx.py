"""Word documents by python-docx: real heading styles, header rows, alternatives, language, pages that turn."""

import io
import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

import docx as word
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as WordSection
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

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
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Paragraph, Table
from comptoir.analysis.documents.package import unzipped, zipped

_FONT = "Calibri"
_GREY = "#4a525c"
_EPOCH = datetime(2000, 1, 1)  # the same document gives the same bytes: the day it was made is not in the file
_TWIPS = 567  # in a centimetre
_BREAKS = re.compile(r"([\n\t])")


def docx(document: Document) -> bytes:
    """The bytes of a .docx file."""
    file = word.Document()
    _metadata(file, document)
    _styles(file, document)
    before: Block | None = None
    for number, section in enumerate(sections(document.blocks)):
        page = file.add_section(WD_SECTION.NEW_PAGE) if number else file.sections[0]
        _page(page, section.wide, document.look.footer)
        if number == 0:
            _opening(file, document)
        for block in section.blocks:
            _block(file, block, before, section.wide, document.look.colour)
            before = block
    out = io.BytesIO()
    file.save(out)
    return zipped(unzipped(out.getvalue()))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _locale(language: str) -> str:
    return "fr-FR" if language == "fr" else language


def _metadata(file: WordDocument, document: Document) -> None:
    properties = file.core_properties
    # The format allows 255 signs in each.
    properties.title, properties.subject = document.title[:255], document.subtitle[:255]
    properties.author = properties.last_modified_by = document.look.name[:255]
    properties.language = _locale(document.language)
    properties.comments = ""
    properties.created = properties.modified = _EPOCH
    relations = file.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]  # python-docx's own first page


def _styles(file: WordDocument, document: Document) -> None:
    root = file.styles.element
    for fonts in root.xpath("//w:rFonts"):
        fonts.attrib.clear()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), _FONT)
    for language in root.xpath("//w:lang"):
        language.set(qn("w:val"), _locale(document.language))
    tone = accent(document.look.colour)
    _style(file, "Normal", size=10.5, after=7)
    _style(file, "Title", size=22, colour="#1b1f24", after=6, bold=True)
    _style(file, "Subtitle", size=13, colour=_GREY, after=12)
    file.styles["Subtitle"].font.italic = False
    for level, size in enumerate((16, 13, 11, 11, 11), 1):
        _style(file, f"Heading {level}", size=size, colour=tone, before=16 if level == 1 else 12, after=6, bold=True)
    _style(file, "List Bullet", after=3)
    _style(file, "Caption", size=10.5, colour="#1b1f24", before=10, after=4, bold=True)
    _style(file, "Caption").paragraph_format.keep_with_next = True
    _style(file, "Letterhead", size=11, colour=tone, after=16, bold=True)
    _style(file, "Note", size=9, colour=_GREY, before=5)
    _style(file, "Table Contents", size=9, after=4).paragraph_format.keep_together = True
    _style(file, "Table Heading", size=9, colour=ink_on(document.look.colour), after=4, bold=True)
    for size in root.xpath("//w:sz"):  # Word has a second one, for the letters of Arabic or Hebrew
        for other in size.xpath("../w:szCs"):
            other.getparent().remove(other)
        twin = OxmlElement("w:szCs")
        twin.set(qn("w:val"), size.get(qn("w:val")))
        size.addnext(twin)
    count = file.styles.add_style("Count", WD_STYLE_TYPE.CHARACTER)
    count.font.bold, count.font.color.rgb = True, _rgb(tone)
    for border in file.styles["Title"].element.xpath(".//w:pBdr/w:bottom"):
        for theme in [name for name in border.attrib if "theme" in name]:
            del border.attrib[theme]
        border.set(qn("w:color"), document.look.colour.removeprefix("#"))
        border.set(qn("w:sz"), "18")


def _style(
    file: WordDocument,
    name: str,
    *,
    size: float | None = None,
    colour: str = "",
    before: float = 0,
    after: float = 0,
    bold: bool | None = None,
) -> ParagraphStyle:
    """The paragraph style of this name, made if it is not there. Sizes in points."""
    styles = file.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if size is not None:
        style.font.size = Pt(size)
    if colour:
        style.font.color.rgb = _rgb(colour)
    if bold is not None:
        style.font.bold = bold
    if size is not None or before or after:
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _page(page: WordSection, wide: bool, footer: str) -> None:
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    page.left_margin = page.right_margin = page.top_margin = Cm(2)
    page.bottom_margin, page.footer_distance = Cm(1.8), Cm(0.9)
    page.footer.is_linked_to_previous = False
    line = page.footer.paragraphs[0]
    line.style.font.size, line.style.font.color.rgb = Pt(9), _rgb(_GREY)
    for stop in list(line.style.paragraph_format.tab_stops):  # those of a page of another width
        stop.alignment = WD_TAB_ALIGNMENT.CLEAR
    line.paragraph_format.tab_stops.add_tab_stop(Cm(PAGE_CM[wide]), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{footer}\t")
    for field, text in (("PAGE", ""), ("NUMPAGES", " / ")):
        line.add_run(text)
        line._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


def _opening(file: WordDocument, document: Document) -> None:
    look = document.look
    if look.logos or look.name:
        line = file.add_paragraph(style="Letterhead")
        for logo in look.logos:
            run = line.add_run()
            width, height = logo_size(logo)
            picture = run.add_picture(io.BytesIO(logo.png), Cm(width), Cm(height))
            picture._inline.docPr.set("descr", logo.alt)
            line.add_run("  ")
        line.add_run(look.name)
    file.add_paragraph(document.title, style="Title")
    if document.subtitle:
        file.add_paragraph(document.subtitle, style="Subtitle")


def _block(file: WordDocument, block: Block, before: Block | None, wide: bool, colour: str) -> None:
    match block:
        case Heading():
            _said(file, block.text, f"Heading {block.level}")
        case Paragraph():
            _said(file, block.text, "Note" if block.small else "Normal")
        case BulletList():
            for item in block.items:
                _said(file, item, "List Bullet")
        case Table():
            if block.caption and not caption_repeats(before, block):
                file.add_paragraph(block.caption, style="Caption")
            # Put in as XML: python-docx takes minutes for a table of a few thousand paragraphs.
            file.element.body.insert_element_before(parse_xml(_table(block, wide, colour)), "w:sectPr")


def _said(file: WordDocument, text: str, style: str) -> None:
    paragraph = file.add_paragraph(text, style)
    if right_to_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True


def _table(table: Table, wide: bool, colour: str) -> str:
    sizes = [round(share * PAGE_CM[wide] * _TWIPS) for share in widths(table)]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="AAB0B8"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(f'<w:{side} w:w="100" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour.removeprefix("#")}"/>'
    header = "".join(
        _cell(size, fill, [_p("TableHeading", label)]) for size, label in zip(sizes, table.header, strict=True)
    )
    rows = "".join(
        f"<w:tr>{''.join(_items(size, cell) for size, cell in zip(sizes, row, strict=True))}</w:tr>"
        for row in table.rows
    )
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblInd w:w="100" w:type="dxa"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        f' w:noVBand="0"/><w:tblCaption w:val="{escape(table.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>{rows}</w:tbl>"
    )


def _items(size: int, cell: Cell) -> str:
    return _cell(size, "", (_p("TableContents", *split_mark(text)) for text in cell.paragraphs))


def _cell(size: int, fill: str, paragraphs: Iterable[str]) -> str:
    content = "".join(paragraphs) or _p("TableContents", "")
    return f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'


def _p(style: str, words: str, mark: str = "") -> str:
    bidi, rtl = ("<w:bidi/>", "<w:rPr><w:rtl/></w:rPr>") if right_to_left(words) else ("", "")
    count = _runs(mark, '<w:rPr><w:rStyle w:val="Count"/></w:rPr>') if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>{_runs(words, rtl)}{count}</w:p>'


def _runs(text: str, look: str = "") -> str:
    """One run of text, its line ends and tabs as Word writes them."""
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    parts = (signs.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _BREAKS.split(text))
    return f"<w:r>{look}{''.join(parts)}</w:r>"
