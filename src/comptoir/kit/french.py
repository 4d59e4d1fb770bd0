"""How French writes numbers and agrees words with them."""

from decimal import Decimal

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def number(value: int | float | Decimal) -> str:
    """Thousands apart by a narrow no-break space, decimals after a comma: 12 345,5. Whole numbers stay whole."""
    whole, _, decimals = f"{value:,}".partition(".")
    whole = whole.replace(",", NARROW_SPACE).replace("-", "\u2212")
    return f"{whole},{decimals}" if decimals.strip("0") else whole


def plural(count: int, one: str, many: str) -> str:
    """The number and its word: 0 parole, 1 parole, 2 paroles. French keeps the singular below two."""
    return f"{number(count)}{NO_BREAK_SPACE}{one if abs(count) < 2 else many}"


def times(count: int) -> str:
    """How often something was said: « dit une fois », « dit 4 fois »."""
    if count <= 0:
        return "pas encore dit"
    return "dit une fois" if count == 1 else f"dit {number(count)}{NO_BREAK_SPACE}fois"
