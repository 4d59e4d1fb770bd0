"""From one colour chosen by a space to the accents of both themes, readable whatever the choice.

Ratios are those of WCAG 2.1 (relative luminance of sRGB). `AA` is the floor for text. The grounds named here are the
ones of theme.css; a test compares them.
"""

import re
from collections.abc import Callable, Iterable
from colorsys import hls_to_rgb, rgb_to_hls

AA = 4.5
DEFAULT_ACCENT = "#0b6e69"
LIGHT_GROUNDS = ("#faf6ef", "#ffffff", "#f3ece0")
DARK_GROUNDS = ("#181512", "#221e1a", "#2b2621")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")

Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def accent_tokens(colour: str) -> dict[str, str]:
    """The accents of both themes for `colour` (`#rrggbb`): names of theme.css without their dashes, to `#rrggbb`.

    `accent` fills; `accent-ink` is text on it; `accent-strong` is the same under the pointer; `accent-soft` is a quiet
    ground; `accent-text` is the accent as text or line on the page. The dark theme's have the prefix `dark-`.
    Every text reaches `AA` on every ground it may stand on. Raises ValueError when `colour` is not `#rrggbb`.
    """
    _rgb(colour)
    base = colour.lower()
    light = _tokens(base, LIGHT_GROUNDS, soft=0.12, end=0.0, floor=AA)
    # In the dark a deep blue button would be a hole: lift the fill until it stands out, and the text further still.
    lifted = _until(base, 1.0, lambda c: contrast(c, DARK_GROUNDS[1]) >= AA)
    dark = _tokens(lifted, DARK_GROUNDS, soft=0.16, end=1.0, floor=6.5)
    return light | {f"dark-{name}": value for name, value in dark.items()}


def accent_css(colour: str) -> str:
    """The stylesheet that gives a space its accents, to be loaded after theme.css."""
    tokens = accent_tokens(colour)
    light = ";".join(f"--{name}:{value}" for name, value in tokens.items() if not name.startswith("dark-"))
    dark = ";".join(f"--{name[5:]}:{value}" for name, value in tokens.items() if name.startswith("dark-"))
    return f":root,[data-bs-theme=light]{{{light}}}\n[data-bs-theme=dark]{{{dark}}}\n"


def _tokens(accent: str, grounds: tuple[str, ...], *, soft: float, end: float, floor: float) -> dict[str, str]:
    ink = max("#ffffff", "#000000", key=lambda c: contrast(c, accent))
    away = "#000000" if ink == "#ffffff" else "#ffffff"
    ground = _mix(grounds[1], accent, soft)
    return {
        "accent": accent,
        "accent-ink": ink,
        "accent-strong": _mix(accent, away, 0.18),
        "accent-soft": ground,
        "accent-text": _until(accent, end, lambda c: all(contrast(c, under) >= floor for under in (*grounds, ground))),
    }


def _until(colour: str, end: float, enough: Callable[[str], bool]) -> str:
    """The first shade that is `enough` on the way from `colour` to the lightness `end` (0 black, 1 white), hue kept."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in _rgb(colour)))
    shades = (hls_to_rgb(hue, lightness + (end - lightness) * step / 60, saturation) for step in range(1, 61))
    return next(filter(enough, (colour, *map(_hex, shades))))


def _rgb(colour: str) -> Rgb:
    if not _HEX.fullmatch(colour):
        raise ValueError("Une couleur s'écrit # suivi de six chiffres ou lettres de a à f, par exemple #0b6e69.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    return _hex((a + (b - a) * share) / 255 for a, b in zip(_rgb(one), _rgb(other), strict=True))


def _hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
