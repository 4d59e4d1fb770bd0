"""A deck on a wall: an A3 poster in PDF/UA-1 by Typst, and the same as a page to read or to print."""

from base64 import b64encode
from html import escape

from comptoir.analysis.documents.deck import Deck, Slide
from comptoir.analysis.documents.layout import accent, ink_on, right_to_left, widths
from comptoir.analysis.documents.model import Cell, Table
from comptoir.analysis.documents.pdf import NOTE, dressed, typeset

_STYLE = """
:root { --colour: %(colour)s; --ink: %(ink)s; --accent: %(accent)s; --rule: #c4c8ce; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem; color: #1b1f24; background: #fff;
  font: 1.25rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between;
  padding: 1.25rem 1.5rem; border-radius: .3rem; background: var(--colour); color: var(--ink); }
header img { max-height: 4rem; max-width: 14rem; padding: .25rem; border-radius: .2rem; background: #fff; }
h1 { margin: 0; font-size: 2.2em; line-height: 1.15; text-wrap: balance; } header p { margin: .5rem 0 0; }
section { margin-top: 1rem; padding: 1.25rem 1.5rem; border: 1px solid var(--rule); border-radius: .3rem; }
h2 { margin: 0 0 .5rem; font-size: 1.4em; line-height: 1.2; color: var(--accent); text-wrap: balance; }
p, li, td { overflow-wrap: anywhere; } .answer { margin: 0 0 1rem; font-size: 1.15em; font-weight: 700; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%%, 18rem), 1fr)); gap: 1rem 1.5rem; }
.two p { margin: 0; } .value { font-size: 2.3em; font-weight: 700; line-height: 1.15; color: var(--accent); }
.source, footer { color: #4a525c; font-size: .8em; }
blockquote { margin: 0; padding-left: .8rem; border-left: .25rem solid var(--colour); }
.table { overflow-x: auto; margin-top: 1rem; }
.table:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { width: 100%%; border-collapse: collapse; }
caption { padding-bottom: .4rem; text-align: start; font-weight: 600; }
th, td { padding: .5rem .6rem; border: 1px solid var(--rule); text-align: start; vertical-align: top; min-width: 7rem; }
th { background: var(--colour); color: var(--ink); } td p { margin: 0; } footer { margin-top: 1.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%); }
@media print {
  @page { size: A3 portrait; margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 13pt; } section { break-inside: avoid; } .table { overflow: visible; }
  header, th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def poster_pdf(deck: Deck) -> bytes:
    """One A3 sheet, in the largest letters that hold on it; more sheets where there is too much."""
    panels = [_panel(slide) for slide in deck.slides]
    return typeset("poster.typ", lambda missing: {
        "title": deck.title, "subtitle": deck.subtitle, "language": deck.language, "source": deck.source,
        "panels": panels, "note": NOTE if missing else "", **dressed(deck.look),
    })  # fmt: skip


def _panel(slide: Slide) -> dict[str, object]:
    return {
        "title": _said(slide.title),
        "answer": _said(slide.answer) if slide.answer else None,
        "figures": [{"value": f.value, "text": _said(f.text), "source": f.source} for f in slide.figures],
        "words": [{"text": _said(f"« {one.text} »"), "source": one.source} for one in slide.words],
        "points": [_said(point) for point in slide.points],
        "table": _table(slide.table, shown=_captioned(slide)) if slide.table else None,
    }


def _captioned(slide: Slide) -> bool:
    """The caption is said unless the title says it."""
    return slide.table is not None and not slide.title.startswith(slide.table.caption)


def _table(table: Table, *, shown: bool) -> dict[str, object]:
    return {
        "caption": table.caption, "shown": shown, "header": [_said(label) for label in table.header],
        "widths": widths(table), "rows": [[[_said(p) for p in cell.paragraphs] for cell in row] for row in table.rows],
    }  # fmt: skip


def _said(text: str) -> tuple[str, bool]:
    return text, right_to_left(text)


def poster_html(deck: Deck) -> bytes:
    """UTF-8 bytes of a page with nothing beside it, which prints on A3 and reads on a phone."""
    look = deck.look
    style = _STYLE % {"colour": look.colour, "ink": ink_on(look.colour), "accent": accent(look.colour)}
    logos = "".join(
        f'<img src="data:image/png;base64,{b64encode(logo.png).decode()}" alt="{escape(logo.alt)}">'
        for logo in look.logos
    )
    subtitle = f'<p dir="auto">{escape(deck.subtitle)}</p>' if deck.subtitle else ""
    foot = " · ".join(part for part in (deck.source, look.footer) if part)
    page = (
        f'<!doctype html>\n<html lang="{escape(deck.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><div><h1 dir="auto">{escape(deck.title)}</h1>{subtitle}</div>{logos}</header>\n<main>\n'
        f"{''.join(map(_section, deck.slides))}</main>\n<footer>{escape(foot)}</footer>\n</body>\n</html>\n"
    )
    return page.encode()


def _section(slide: Slide) -> str:
    figures = "".join(
        f'<div><p class="value">{escape(f.value)}</p><p dir="auto">{escape(f.text)}</p>{_source(f.source)}</div>'
        for f in slide.figures
    )
    words = "".join(
        f'<blockquote><p dir="auto">« {escape(one.text)} »</p>{_source(one.source)}</blockquote>' for one in slide.words
    )
    answer = f'<p class="answer" dir="auto">{escape(slide.answer)}</p>' if slide.answer else ""
    points = "".join(f'<li dir="auto">{escape(point)}</li>' for point in slide.points)
    beside = f'<div class="two">{figures}{words}</div>' if figures or words else ""
    listed = f"<ul>{points}</ul>" if points else ""
    table = _rows(slide.table, captioned=_captioned(slide)) if slide.table else ""
    return f'<section>\n<h2 dir="auto">{escape(slide.title)}</h2>\n{answer}{beside}{listed}{table}</section>\n'


def _source(text: str) -> str:
    return f'<p class="source">{escape(text)}</p>' if text else ""


def _rows(table: Table, *, captioned: bool) -> str:
    name = escape(table.caption)
    header = "".join(f'<th scope="col" dir="auto">{escape(label)}</th>' for label in table.header)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    hidden = "" if captioned else ' class="hidden"'
    return (
        f'<div class="table" role="group" aria-label="{name}" tabindex="0"><table><caption{hidden}>{name}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    said = "".join(f'<p dir="auto">{escape(text)}</p>' for text in cell.paragraphs)
    return f"<td>{said}</td>"
