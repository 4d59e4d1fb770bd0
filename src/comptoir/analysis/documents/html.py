"""One self-contained, accessible web page: no file beside it, no script."""

from base64 import b64encode
from collections.abc import Iterable
from html import escape

from comptoir.analysis.documents.layout import WIDE, accent, caption_repeats, ink_on, split_last, widths
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Look, Paragraph, Table

_STYLE = """
:root { --colour: %(colour)s; --ink: %(ink)s; --accent: %(accent)s; --rule: #c4c8ce; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 2rem 1.25rem 3rem; color: #1b1f24; background: #fff;
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
.letterhead { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem 1.5rem; margin-bottom: 2rem; }
.letterhead img { max-height: 4rem; max-width: 14rem; }
.letterhead p { margin: 0; color: var(--accent); font-weight: 600; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; text-wrap: balance; }
h1::after { content: ""; display: block; width: 4rem; height: .25rem; margin-top: .75rem; background: var(--colour); }
.subtitle { margin: .75rem 0 0; color: #4a525c; font-size: 1.15rem; }
h2, h3, h4, h5, h6 { color: var(--accent); line-height: 1.25; margin: 2.5rem 0 .75rem; text-wrap: balance; }
h3, h4, h5, h6 { margin-top: 1.75rem; }
main > p, main > ul { max-width: 46rem; overflow-wrap: anywhere; white-space: pre-line; }
main > ul { white-space: normal; } main > ul > li { white-space: pre-line; }
main > .small { color: #4a525c; font-size: .9rem; max-width: none; }
.table { overflow-x: auto; }
.table:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%%; font-size: .975rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
.repeated { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%); }
th, td { border: 1px solid var(--rule); padding: .6rem .75rem; text-align: start; vertical-align: top;
  min-width: 9rem; overflow-wrap: anywhere; }
th { background: var(--colour); color: var(--ink); border-color: var(--colour); line-height: 1.3; }
td { white-space: pre-line; }
td ul { list-style: none; margin: 0; padding: 0; white-space: normal; }
td li { white-space: pre-line; } td li + li { margin-top: .45rem; }
.end { white-space: nowrap; } .count { color: var(--accent); font-weight: 700; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--rule); color: #4a525c; font-size: .9rem; }
@media print {
  @page { size: A4%(turn)s; margin: 15mm; }
  :root { font-size: 9.5pt; } body { max-width: none; padding: 0; font-size: 1rem; } table { font-size: .95rem; }
  .table { overflow: visible; break-inside: avoid; } th, td { min-width: 0; padding: .4rem .5rem; }
  thead { display: table-header-group; } h2, h3, h4, h5, h6 { break-after: avoid; } li { break-inside: avoid; }
  th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def html(document: Document) -> bytes:
    """UTF-8 bytes of the page. Level 1 headings are `h2`: `h1` is the title."""
    look = document.look
    wide = any(isinstance(block, Table) and len(block.header) >= WIDE for block in document.blocks)
    style = _STYLE % {
        "colour": look.colour,
        "ink": ink_on(look.colour),
        "accent": accent(look.colour),
        "turn": " landscape" if wide else "",
    }
    before: Block | None = None
    body = []
    for block in document.blocks:
        body.append(_block(block, before))
        before = block
    subtitle = f'<p class="subtitle">{escape(document.subtitle)}</p>\n' if document.subtitle else ""
    footer = f"<footer>{escape(look.footer)}</footer>\n" if look.footer else ""
    page = (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{_letterhead(look)}"
        f'<main>\n<h1 dir="auto">{escape(document.title)}</h1>\n{subtitle}{"".join(body)}</main>\n'
        f"{footer}</body>\n</html>\n"
    )
    return page.encode()


def _letterhead(look: Look) -> str:
    images = "".join(
        f'<img src="data:image/png;base64,{b64encode(logo.png).decode()}" alt="{escape(logo.alt)}">\n'
        for logo in look.logos
    )
    name = f"<p>{escape(look.name)}</p>\n" if look.name else ""
    return f'<header class="letterhead">\n{images}{name}</header>\n' if images or name else ""


def _block(block: Block, before: Block | None) -> str:
    match block:
        case Heading():
            return f'<h{block.level + 1} dir="auto">{escape(block.text)}</h{block.level + 1}>\n'
        case Paragraph():
            opening = '<p class="small" dir="auto">' if block.small else '<p dir="auto">'
            return f"{opening}{escape(block.text)}</p>\n"
        case BulletList():
            return _list(escape(item) for item in block.items)
        case Table():
            return _table(block, caption_repeats(before, block))


def _list(items: Iterable[str]) -> str:
    # What is said may be in a language written from right to left.
    lines = '</li>\n<li dir="auto">'.join(items)
    return f'<ul>\n<li dir="auto">{lines}</li>\n</ul>\n'


def _table(table: Table, repeated: bool) -> str:
    # A scrolling area that the keyboard can reach must have a role and a name.
    name = escape(table.caption)
    listed = any(len(cell.paragraphs) > 1 for row in table.rows for cell in row)
    header = "".join(f'<th scope="col" dir="auto">{escape(label)}</th>' for label in table.header)
    rows = "\n".join(f"<tr>{''.join(_cell(cell, listed) for cell in row)}</tr>" for row in table.rows)
    columns = "".join(f'<col style="width: {share:.1%}">' for share in widths(table))
    caption = f'<caption class="repeated">{name}</caption>' if repeated else f"<caption>{name}</caption>"
    return (
        f'<div class="table" role="group" aria-label="{name}" tabindex="0">\n<table>\n'
        f"{caption}\n<colgroup>{columns}</colgroup>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
    )


def _cell(cell: Cell, listed: bool) -> str:
    if not listed:
        return f'<td dir="auto">{"".join(map(_item, cell.paragraphs))}</td>'
    return f"<td>{_list(map(_item, cell.paragraphs))}</td>" if cell.paragraphs else "<td></td>"


def _item(text: str) -> str:
    words, last, mark = split_last(text)
    if not mark:
        return escape(words)
    return f'{escape(words)}<span class="end">{escape(last)}<span class="count">{escape(mark)}</span></span>'
