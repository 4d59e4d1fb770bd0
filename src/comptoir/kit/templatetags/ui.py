"""The components, as tags: `{% load ui %}`. One tag for one template of kit/ui/, whose first comment is its contract.

A tag with a wrong parameter fails at once. A parameter left out is empty. What goes between a block tag and its end is
HTML. Extra parameters of `button` become attributes: `hx_post=url` gives `hx-post="…"`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context, Library
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from comptoir.kit.bars import layout
from comptoir.kit.french import number, times
from comptoir.kit.french import plural as agree
from comptoir.kit.lists.shown import ShownListing

register = Library()
register.filter("number", number)
register.filter("fois", times)
register.simple_tag(agree, name="plural")

_ALERT_ICONS = {"info": "info", "success": "check", "warning": "warning", "danger": "warning"}
_MESSAGE_KINDS = {"error": "danger", "debug": "info", "": "info"}
_BADGE_ICONS = {
    "success": "check",
    "warning": "clock",
    "danger": "warning",
    "info": "info",
    "accent": "",
    "neutral": "",
}
_STEP_WORDS = {"done": "fait", "current": "en cours", "todo": "à venir"}


def _part(name: str, **values: object) -> SafeString:
    return mark_safe(render_to_string(f"kit/ui/{name}.html", values).strip())


def _identity(words: str) -> str:
    """An id drawn from the words, not from chance: a fragment swapped in must equal the page reloaded."""
    return f"i{crc32(words.encode()):08x}"


@register.simple_tag
@cache  # a board shows hundreds of times the same few
def icon(name: str) -> SafeString:
    """A drawing of the sprite icons.svg, decorative: the words beside it, or the control's label, say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("kit/icons.svg"),
        name,
    )


@register.inclusion_tag("kit/ui/button.html")
def button(
    label: str,
    *,
    kind: str = "secondary",
    href: str = "",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    icon_only: bool = False,
    wide: bool = False,
    disabled: bool = False,
    **attributes: str,
) -> dict[str, Any]:
    extra = flatatt({key.replace("_", "-"): text for key, text in attributes.items()})
    return locals()


@register.simple_block_tag
def alert(content: str, *, kind: str = "info", title: str = "", live: bool = False) -> SafeString:
    kind = _MESSAGE_KINDS.get(kind, kind)
    return _part("alert", content=content, kind=kind, title=title, live=live, icon=_ALERT_ICONS[kind])


@register.simple_tag
def badge(label: str, *, kind: str = "neutral", icon: str = "") -> SafeString:
    return _badge(str(label), kind, icon or _BADGE_ICONS[kind])


@lru_cache(maxsize=1_000)  # a table shows the same few on each of its lines
def _badge(label: str, kind: str, icon: str) -> SafeString:
    return _part("badge", label=label, kind=kind, icon=icon)


@register.simple_block_tag
def card(content: str, *, title: str = "", href: str = "", kicker: str = "", level: int = 2) -> SafeString:
    return _part("card", content=content, title=title, href=href, kicker=kicker, level=level)


@register.simple_block_tag
def page_head(content: str, *, title: str, lede: str = "", kicker: str = "") -> SafeString:
    return _part("page_head", content=content, title=title, lede=lede, kicker=kicker)


@register.inclusion_tag("kit/ui/stepper.html")
def stepper(steps: Iterable[Mapping[str, Any]], *, label: str = "Étapes") -> dict[str, Any]:
    return {"steps": [{"url": "", **step, "word": _STEP_WORDS[step["state"]]} for step in steps], "label": label}


@register.simple_block_tag
def empty_state(
    content: str, *, title: str, icon: str = "paste", action: str = "", href: str = "", level: int = 2
) -> SafeString:
    return _part("empty_state", content=content, title=title, icon=icon, action=action, href=href, level=level)


@register.simple_tag
@lru_cache(1000)  # a board shows hundreds of times the same few
def count(n: int, *, dots: bool = True) -> SafeString:
    drawn = range(min(n, 10)) if dots else range(0)
    return _part("count", n=n, dots=[10 * dot + 4 for dot in drawn], width=10 * len(drawn) - 2)


@register.inclusion_tag("kit/ui/quote.html")
def quote(text: str, *, speaker: str = "", about: str = "", where: str = "") -> dict[str, Any]:
    return {"text": text, "said": [part for part in (speaker, about and f"à propos de : {about}", where) if part]}


@register.inclusion_tag("kit/ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    return {"field": bound}


@register.inclusion_tag("kit/ui/error_summary.html")
def error_summary(form: BaseForm, *, level: int = 2) -> dict[str, Any]:
    found: list[tuple[str, str]] = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        # A group of choices has no control of its own: its first choice takes the focus.
        target = "" if bound.is_hidden else f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        found += [(target, f"{bound.label} : {error}") for error in bound.errors]
    return {"errors": found, "level": level}


@register.inclusion_tag("kit/ui/filedrop.html")
def filedrop(bound: BoundField, *, formats: str = "") -> dict[str, Any]:
    return {"field": bound, "formats": formats}


@register.inclusion_tag("kit/ui/table.html")
def table(
    caption: str, columns: Sequence[str | Mapping[str, Any]], rows: Iterable[Sequence[Any]], *, stack: bool = True
) -> dict[str, Any]:
    heads = [
        {"label": head, "number": False} if isinstance(head, str) else {"number": False, **head} for head in columns
    ]
    lines = [list(zip(heads, row, strict=True)) for row in rows]
    return {"caption": caption, "heads": heads, "lines": lines, "stack": stack}


@register.inclusion_tag("kit/ui/listing.html", takes_context=True)
def listing(context: Context, listing: ShownListing) -> dict[str, Any]:
    request = context["request"]
    searches = any(getattr(one.widget, "input_type", "") == "search" for one in listing.form.fields.values())
    return {"listing": listing, "request": request, "path": request.path, "searches": searches}


@register.inclusion_tag("kit/ui/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]", *, label: str = "Pages", param: str = "page") -> dict[str, Any]:
    asked = context["request"].GET.copy()

    def address(n: int) -> str:
        asked[param] = str(n)
        return f"?{asked.urlencode()}"

    numbers = [
        {"n": n, "url": address(n) if isinstance(n, int) else "", "current": n == page.number}
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "label": label,
        "numbers": numbers if page.paginator.num_pages > 1 else [],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("kit/ui/tabs.html")
def tabs(items: Iterable[Mapping[str, Any]], *, label: str) -> dict[str, Any]:
    return {"items": [{"count": None, "current": False, **item} for item in items], "label": label}


@register.inclusion_tag("kit/ui/breadcrumb.html")
def breadcrumb(*pairs: str, label: str = "Fil d'Ariane") -> dict[str, Any]:
    """Label, address, label, address… and the label of the page itself, alone at the end."""
    return {"links": list(zip(pairs[0:-1:2], pairs[1::2], strict=True)), "here": pairs[-1], "label": label}


@register.simple_block_tag
def menu(content: str, *, label: str, icon: str = "more", icon_only: bool = False, start: bool = False) -> SafeString:
    return _part("menu", content=content, label=label, icon=icon, icon_only=icon_only, start=start)


@register.simple_block_tag
def dialog(content: str, *, id: str, title: str) -> SafeString:
    return _part("dialog", content=content, id=id, title=title)


@register.simple_tag
def live() -> SafeString:
    return _part("live")


@register.inclusion_tag("kit/ui/progress.html")
def progress(label: str, *, done: int, total: int) -> dict[str, Any]:
    return {"label": label, "done": done, "total": total}


@register.inclusion_tag("kit/ui/thread.html")
def thread(*, back: Iterable[Any] = (), here: Any, on: Iterable[Any] = (), label: str = "") -> dict[str, Any]:
    return {"back": list(back), "here": here, "on": list(on), "label": label}


@register.inclusion_tag("kit/ui/history.html")
def history(rows: Sequence[Any], *, title: str = "Historique", level: int = 2) -> dict[str, Any]:
    """The first ones are shown, the others are folded."""
    return {"rows": rows, "first": rows[:5], "others": rows[5:], "title": title, "level": level}


@register.inclusion_tag("kit/ui/person.html")
def person(name: str, *, role: str = "", organisation: str = "") -> dict[str, Any]:
    return {"name": name, "details": [part for part in (role, organisation) if part]}


@register.simple_block_tag
def definition(content: str, *, term: str) -> SafeString:
    return _part("definition", content=content.strip(), term=term, id=_identity(term + content))


@register.inclusion_tag("kit/ui/bars.html")
def bars(
    rows: Iterable[tuple[str, int]], *, title: str, desc: str = "", head: str = "", unit: str = ""
) -> dict[str, Any]:
    drawn, height = layout(rows)
    return {
        "rows": drawn,
        "height": height,
        "title": title,
        "desc": desc,
        "head": head or "Ligne",
        "unit": unit or "Nombre",
        "id": _identity(title),
    }


@register.inclusion_tag("kit/ui/theme_switch.html")
def theme_switch() -> dict[str, Any]:
    return {"choices": [("auto", "contrast", "Auto"), ("clair", "sun", "Clair"), ("sombre", "moon", "Sombre")]}
