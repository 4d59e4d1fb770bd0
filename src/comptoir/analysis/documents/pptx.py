"""PowerPoint slides by python-pptx: real titles, tables with a header, alternatives, notes, language, a reading order.

The same frames as the OpenDocument slides (deck_layout.py). Text that is long for its frame is shrunk, never cut:
PowerPoint does not measure a text until it is amended, so that the size is estimated here.
"""

import io
import math
from datetime import datetime
from html import escape

import pptx as powerpoint
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.table import _Cell as TableCell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Cm, Pt

from comptoir.analysis.documents.deck import Deck
from comptoir.analysis.documents.deck_layout import (
    DIRECTED,
    NUMBER,
    PAGE,
    SIZES,
    SOURCE,
    SPACED,
    STRIP,
    STRONG,
    Box,
    Grid,
    Picture,
    Sheet,
    Texts,
    colours,
    column_widths,
    heights,
    sheets,
)
from comptoir.analysis.documents.layout import right_to_left
from comptoir.analysis.documents.odt import locale_of
from comptoir.analysis.documents.package import unzipped, zipped

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FONT = "Arial"
_TITLE_ONLY = 5  # among the layouts of python-pptx's own template
_EPOCH = datetime(2000, 1, 1)  # the same deck gives the same bytes: the day it was made is not in the file
_EDGE = "AAB0B8"  # the borders of a table
_EMU = 360_000  # in a centimetre
_LETTER, _LEADING, _POINT = 0.52, 1.2, 2.54 / 72  # a letter's width and a line's height by the size; a point in cm
_SMALLEST = 25  # percent of the size, the least that PowerPoint takes
_SLIDE_NUMBER = "{5B0C0F5A-6F0E-4B1D-9E35-0C5B5C1E7A10}"  # a field wants an identity, any
_SOLID = '<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def pptx(deck: Deck) -> bytes:
    """The bytes of a .pptx file."""
    return _Writer(deck).bytes()


class _Writer:
    """One deck being written: its colours and its language are those of every frame."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.inks = colours(deck.look)
        self.language = locale_of(deck.language)

    def bytes(self) -> bytes:
        file = powerpoint.Presentation()
        file.slide_width, file.slide_height = Cm(PAGE[0]), Cm(PAGE[1])
        layout = self._layout(file)
        self._metadata(file)
        for sheet in sheets(self.deck):
            self._slide(file.slides.add_slide(layout), sheet)
        out = io.BytesIO()
        file.save(out)
        return zipped(unzipped(out.getvalue()))

    def _metadata(self, file: Presentation) -> None:
        properties = file.core_properties
        properties.title, properties.subject = self.deck.title[:255], self.deck.subtitle[:255]  # what the format allows
        properties.author = properties.last_modified_by = self.deck.look.name[:255]
        properties.language, properties.comments = self.language, ""
        properties.created = properties.modified = _EPOCH
        for part, kind in (
            (file.part.package, RELATIONSHIP_TYPE.THUMBNAIL), (file.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
        ):  # fmt: skip
            relations = part._rels
            for key in [key for key, relation in relations.items() if relation.reltype == kind]:
                relations.pop(key)  # what python-pptx's own template holds of the machine that made it

    def _layout(self, file: Presentation) -> SlideLayout:
        """One layout stays, with the strip of colour, the line at the foot and the number of the slide."""
        layout = file.slide_layouts[_TITLE_ONLY]
        for other in [one for one in file.slide_layouts if one is not layout]:
            file.slide_layouts.remove(other)
        layout.name = "Diapositive"
        for holder in (file.slide_master, layout):
            for shape in list(holder.placeholders):
                if shape.placeholder_format.idx:  # the title stays; date, foot and number are ours
                    shape._element.getparent().remove(shape._element)
                else:
                    shape.left, shape.top, shape.width, shape.height = _emu((1.4, 0.7, 25.2, 2.1))
        fill = _SOLID.format(colour=_hex(self.deck.look.colour))
        layout.shapes._spTree.append(_drawn(90, "Bandeau", (0, 0, STRIP, PAGE[1]), fill, "<a:p/>"))
        foot = f"<a:p>{self._run('Foot', self.deck.source)}</a:p>" if self.deck.source else "<a:p/>"
        layout.shapes._spTree.append(_drawn(91, "Pied", SOURCE, "<a:noFill/>", foot))
        run = self._run("FootEnd", "1").removeprefix("<a:r>").removesuffix("</a:r>")
        number = f'<a:p><a:pPr algn="r"/><a:fld id="{_SLIDE_NUMBER}" type="slidenum">{run}</a:fld></a:p>'
        layout.shapes._spTree.append(_drawn(92, "Numéro", NUMBER, "<a:noFill/>", number))
        return layout

    def _run(self, style: str, text: str) -> str:
        ink = _SOLID.format(colour=_hex(self.inks[style]))
        return (
            f'<a:r><a:rPr lang="{self.language}" sz="{SIZES[style] * 100}">{ink}<a:latin typeface="{_FONT}"/></a:rPr>'
            f"<a:t>{escape(text, quote=False)}</a:t></a:r>"
        )

    def _slide(self, slide: Slide, sheet: Sheet) -> None:
        for frame in sheet.frames:
            if isinstance(frame, Grid):
                self._table(slide, frame)
            elif isinstance(frame, Picture):
                picture = slide.shapes.add_picture(io.BytesIO(frame.logo.png), *_emu(frame.box))
                _alternative(picture, frame.logo.alt)
            else:
                self._texts(slide, frame)
        if sheet.notes and slide.notes_slide.notes_text_frame is not None:
            self._fill(slide.notes_slide.notes_text_frame, [("Notes", note) for note in sheet.notes])

    def _texts(self, slide: Slide, frame: Texts) -> None:
        shape = slide.shapes.title if frame.title else slide.shapes.add_textbox(*_emu(frame.box))
        if shape is None:
            raise AssertionError("the layout has a title")
        shape.left, shape.top, shape.width, shape.height = _emu(frame.box)
        text = shape.text_frame
        text.word_wrap = True
        text.vertical_anchor = MSO_ANCHOR.MIDDLE if frame.title else MSO_ANCHOR.TOP
        _margins(text, 0.05)
        self._fill(text, list(frame.paragraphs))
        properties = text._txBody.bodyPr
        for old in list(properties):
            properties.remove(old)
        scale = fitting(frame)
        share = f' fontScale="{scale * 1000}"' if scale < 100 else ""
        properties.append(parse_xml(f"<a:normAutofit {nsdecls('a')}{share}/>"))

    def _fill(self, text: TextFrame, paragraphs: list[tuple[str, str]]) -> None:
        for rank, (style, words) in enumerate(paragraphs):
            if rank:
                text.add_paragraph()  # type: ignore[no-untyped-call]  # python-pptx has types for most, not for this
            self._paragraph(text.paragraphs[rank], style, words)

    def _paragraph(self, paragraph: _Paragraph, style: str, words: str) -> None:
        paragraph.text = words
        aside = style in DIRECTED and right_to_left(words)
        paragraph.alignment = PP_ALIGN.RIGHT if aside else PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(0), Cm(SPACED.get(style, 0))
        if aside:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(SIZES[style]), style in STRONG, _FONT
            run.font.color.rgb = RGBColor.from_string(_hex(self.inks[style]))  # type: ignore[no-untyped-call]  # as above
            run._r.get_or_add_rPr().set("lang", self.language)

    def _table(self, slide: Slide, grid: Grid) -> None:
        size = (len(grid.table.rows) + 1, len(grid.table.header))
        frame = slide.shapes.add_table(*size, *_emu(grid.box))
        _alternative(frame, grid.table.caption)
        table = frame.table
        table.horz_banding = False
        for rank, width in enumerate(column_widths(grid)):
            table.columns[rank].width = Cm(width)
        for rank, height in enumerate(heights(grid.table)):
            table.rows[rank].height = Cm(height)
        for column, label in enumerate(grid.table.header):
            self._cell(table.cell(0, column), "CellHead", (label,), self.deck.look.colour)
        for number, cells in enumerate(grid.table.rows, 1):
            for column, cell in enumerate(cells):
                self._cell(table.cell(number, column), "Cell", cell.paragraphs, "#ffffff")

    def _cell(self, cell: TableCell, style: str, paragraphs: tuple[str, ...], fill: str) -> None:
        cell.vertical_anchor = MSO_ANCHOR.TOP
        cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Cm(0.2)
        self._fill(cell.text_frame, [(style, text) for text in paragraphs])
        properties = cell._tc.get_or_add_tcPr()
        for side in ("lnL", "lnR", "lnT", "lnB"):
            edge = f'<a:{side} {nsdecls("a")} w="6350">{_SOLID.format(colour=_EDGE)}</a:{side}>'
            properties.append(parse_xml(edge))
        properties.append(parse_xml(_SOLID.format(colour=_hex(fill)).replace("Fill>", f"Fill {nsdecls('a')}>", 1)))


def fitting(frame: Texts) -> int:
    """Percent of its size at which a text holds in its frame, by steps of 5: lines are counted, not measured."""
    scale = 100
    while scale > _SMALLEST and _tall(frame, scale / 100) > frame.box[3]:
        scale -= 5
    return scale


def _tall(frame: Texts, scale: float) -> float:
    total = 0.0
    for style, text in frame.paragraphs:
        size = SIZES[style] * scale * _POINT
        total += math.ceil(len(text) * size * _LETTER / frame.box[2]) * size * _LEADING + SPACED.get(style, 0)
    return total


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _emu(box: Box) -> tuple[Cm, Cm, Cm, Cm]:
    left, top, width, height = box
    return Cm(left), Cm(top), Cm(width), Cm(height)


def _margins(text: TextFrame, size: float) -> None:
    text.margin_left = text.margin_right = text.margin_top = text.margin_bottom = Cm(size)


def _alternative(shape: BaseShape, text: str) -> None:
    for one in shape._element.iter(qn("p:cNvPr")):
        one.set("descr", text)


def _drawn(rank: int, name: str, box: Box, fill: str, paragraph: str) -> BaseOxmlElement:
    """A frame of the layout: it is on every slide, and is no part of what is read of each."""
    left, top, width, height = (round(part * _EMU) for part in box)
    made: BaseOxmlElement = parse_xml(
        f'<p:sp {nsdecls("a", "p", "r")}><p:nvSpPr><p:cNvPr id="{rank}" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}'
        "<a:ln><a:noFill/></a:ln></p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="18000" tIns="18000" rIns="18000" bIns="18000"/><a:lstStyle/>'
        f"{paragraph}</p:txBody></p:sp>"
    )
    return made
