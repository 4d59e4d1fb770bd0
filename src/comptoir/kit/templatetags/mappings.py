"""`mapping|of:key`: what a mapping holds for a key; nothing when it holds nothing."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django import template

register = template.Library()
Value = TypeVar("Value")


@register.filter
def of(mapping: Mapping[Hashable, Value], key: Hashable) -> Value | tuple[()]:
    return mapping.get(key, ())
