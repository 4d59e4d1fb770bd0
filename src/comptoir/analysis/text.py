"""How French texts are folded before they are compared. The words themselves are never rewritten."""

import re
import unicodedata

# Inclusive endings. The middle dot serves nothing else, so any short ending goes with it; a hyphen, a full stop, a
# slash or brackets serve other ends, so only the usual feminine endings go with them (« dis-le » stays).
_FEMININE = "e|ne|ice|rice|trice|euse|ere"
_INCLUSIVE = re.compile(
    r"(?<=[a-z])(?:"
    r"[·•‧∙][a-z]{1,6}(?:[·•‧∙]s)?"
    rf"|[-.](?:{_FEMININE})(?:[-.]?s)?"
    rf"|\((?:{_FEMININE}|le|ve)\)s?"
    r"|/(?:ice|rice|trice|euse)s?"
    r")(?![a-z])"
)
_MAY_END = re.compile(r"[·•‧∙\-.(/]")  # what every inclusive ending begins with
_APART = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


class _Marks(dict[int, int | None]):
    """What `str.translate` needs to drop combining marks, learned as characters come: every import folds every note."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_MARKS = _Marks()


def fold(text: str) -> str:
    """Text for search and sort: no accent, no case, one kind of apostrophe, single spaces, inclusive endings dropped.

    >>> fold("Évènements  des habitant·e·s")
    'evenements des habitants'
    """
    if text.isascii():  # most cells of a workbook, in a fifth of the time
        text = text.replace("`", "'").lower()
    else:
        text = unicodedata.normalize("NFKD", text.translate(_APART)).translate(_MARKS).casefold()
    text = " ".join(text.split())
    return _INCLUSIVE.sub(_ending, text) if _MAY_END.search(text) else text


def _ending(found: re.Match[str]) -> str:
    """The plural of the ending that is dropped, once: « habitant·es » is « habitants », « tous·tes » is « tous »."""
    plural_already = found.string[found.start() - 1] in "sx"
    return "s" if found.group().endswith("s") and not plural_already else ""
