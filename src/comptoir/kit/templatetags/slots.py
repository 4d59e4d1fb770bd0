"""{% slot pieces %}: show what higher rooms have put in a slot for one item."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from comptoir.kit.slots import Piece

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, pieces: Iterable[Piece]) -> SafeString:
    shared = {key: context.get(key) for key in ("request", "space", "csrf_token")}
    # Each piece is rendered by Django's own escaping engine; joining safe strings keeps them safe.
    return mark_safe("".join(render_to_string(p.template, {**shared, **p.context}) for p in pieces))
