"""The languages of the pages for residents: French in the code, the others from a catalogue that is shipped.

The language is in the address (`?langue=en`): no cookie, and a page can be kept by a cache or sent to a neighbour.
"""

from django.http import HttpRequest

LANGUAGES = {"fr": "Français", "en": "English"}
USUAL = "fr"
PARAMETER = "langue"


def asked(request: HttpRequest) -> str:
    """The language of the address, when it is one of ours; else French."""
    wanted = request.GET.get(PARAMETER, "")
    return wanted if wanted in LANGUAGES else USUAL


def links(request: HttpRequest) -> list[dict[str, str]]:
    """The other languages of this very page."""
    current = asked(request)
    found = []
    for code, name in LANGUAGES.items():
        if code == current:
            continue
        query = request.GET.copy()
        query.pop(PARAMETER, None)
        if code != USUAL:
            query[PARAMETER] = code
        address = f"?{query.urlencode()}" if query else request.path
        found.append({"code": code, "name": name, "url": address})
    return found


def suffix(request: HttpRequest) -> str:
    """What the links of the page carry so that the next one is in the same language."""
    current = asked(request)
    return "" if current == USUAL else f"?{PARAMETER}={current}"
