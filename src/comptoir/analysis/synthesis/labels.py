"""What titles and headers mean: kind of a column, subject of a table, role of a column of notes, legends."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ..tables.model import MAX_COLUMNS
from ..text import fold
from .model import ColumnKind, Subject

LONGEST_LABEL = 80

_KINDS = {
    ColumnKind.INTEREST: re.compile(r"\binterets?\b"),
    ColumnKind.TRY: re.compile(r"\bessais?\b"),
    ColumnKind.PITFALL: re.compile(r"\bpieges?\b"),
    ColumnKind.INVENTION: re.compile(r"\binventions?\b"),
    ColumnKind.WHO: re.compile(r"^\W*(?:(?:avec|pour|de) )?qui\W*$"),
}
COUNTED_KINDS = frozenset(_KINDS) - {ColumnKind.WHO}
_COLUMN_TITLE = re.compile(
    r"(?:l'|les? |un |une |des )?"
    r"(?:interets?(?: a impliquer.{0,60})?|essais?(?: a transformer)?|pieges?(?: a eviter)?|inventions?(?: a tester)?)"
    r"(?: \?)? ?:?"
)
_SUBJECTS = {
    Subject.RESIDENTS: re.compile(r"\bhabitant|^residents$"),
    Subject.ELECTED_OFFICIALS: re.compile(r"\belue?s?\b|^elected_officials$"),
    Subject.SIGNATORIES: re.compile(r"\bsignataire|^signatories$"),
}
_SUBJECT_WORDS = re.compile(
    r"(?:atelier|comptoir|cote|paroles?|notes?|pour|avec|les?|la|l|de?s?|du|aux|et"
    r"|habitante?s?|elue?s?|signataires?)"
)
_TABLE = re.compile(
    r"((?:table|groupe|[iîIÎ]lot) ?(?:n ?°|n°|no|numéro|numero)? ?(?:[0-9]{1,3}|[A-Za-z]))\b", re.IGNORECASE
)
_SESSION = re.compile(r"(?:notes? (?:du|de la|de l'|des|d'un) )?(?:comptoir|atelier|reunion|compte[- ]rendu)s?\b")
_DETAIL = re.compile(
    r"(?:present|excuse|participant)e?s? ?:|presente?s\b|animee? par\b"
    r"|(?:date|lieu|heure|animation|animateur|animatrice)s? ?:"
)
ROLES = ("text", "column", "subject", "table", "tally")
_ROLE_WORDS = {
    "text": "note texte text parole idee contribution verbatim proposition reponse commentaire remarque phrase contenu",
    "column": "colonne column rubrique categorie category theme thematique",
    "subject": "sujet subject atelier public",
    "table": "table groupe group",
    "tally": "nombre nb compte fois occurrence tally count",
}
_ROLE_OF_WORD = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}
# « Nombre de participants » is not a tally, « Nombre de fois » is: inside a longer header these two words decide.
_TALLY_IN_A_SENTENCE = {"fois", "occurrence"}
_LEGEND = re.compile(
    r"\basterisques?\b.*\b(?:nombre|fois|occurrences?)\b|\bnombre d'asterisques\b|\betoile pour chaque fois\b"
)
# « De qui on parle » is the subject; « Qui parle » is the speaker, which is no role.
_SUBJECT_PHRASE = re.compile(
    r"\b(?:de|sur) qui (?:(?:on|l'on|nous|vous) parl|parl|il s'agit|s'agit|est[- ]ce|porte)"
    r"|\bon parle (?:de|d'|du|des)\b|\bqui (?:est|sont) (?:concerne|vise)|^(?:personne|population)s? (?:concerne|vise)"
    r"|^(?:de|sur|a propos de) qui\W*$"
)
_WORD = re.compile(r"[a-z]+")


def kind_of(label: str) -> ColumnKind:
    folded = fold(label[: LONGEST_LABEL + 1])
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(folded)), ColumnKind.OTHER)


@lru_cache(maxsize=64)  # each line is asked for itself, then as the line below the one before
def is_column_title(line: str) -> bool:
    """True for a line that says nothing but the name of one of the four columns: « Les pièges à éviter »."""
    return len(line) <= LONGEST_LABEL and _COLUMN_TITLE.fullmatch(fold(line)) is not None


def is_subject_title(line: str) -> bool:
    """True for a line that says nothing but whom one speaks about: « Habitants », « Comptoir des élu·e·s »."""
    if len(line) > LONGEST_LABEL or subject_of(line) is Subject.OTHER:
        return False
    return all(_SUBJECT_WORDS.fullmatch(word) for word in _WORD.findall(fold(line)))


def table_and_subject(line: str) -> tuple[str, str] | None:
    """« Table 2 » or « Table 2 : élus » in two parts, the second empty where it is not said; None for other lines."""
    found = _TABLE.match(line) if len(line) <= LONGEST_LABEL else None
    if not found:
        return None
    rest = line[found.end() :].strip(" :,()-–—\u00a0\u202f")
    return (found[1], rest) if not rest or is_subject_title(rest) else None


def names_a_session(line: str, *, details: bool = False) -> bool:
    """True for « Comptoir du 3 mai », « Compte rendu »; with `details`, for « Présents : » and « Lieu : » too."""
    if len(line) > 2 * LONGEST_LABEL:
        return False
    folded = fold(line)
    return _SESSION.match(folded) is not None or (details and _DETAIL.match(folded) is not None)


def subject_of(title: str) -> Subject:
    """Whom a title speaks of; OTHER when it names none of the three, or more than one."""
    folded = fold(title)
    found = [subject for subject, pattern in _SUBJECTS.items() if pattern.search(folded)]
    return found[0] if len(found) == 1 else Subject.OTHER


def roles_of(headers: Sequence[str]) -> dict[str, int]:
    """Role -> position of the header that plays it: a header that is the word itself wins over a sentence."""
    roles: dict[str, int] = {}
    sentences: dict[str, int] = {}
    for position, header in enumerate(headers[:MAX_COLUMNS]):
        if len(header) > LONGEST_LABEL:
            continue
        if _SUBJECT_PHRASE.search(folded := fold(header)):
            roles.setdefault("subject", position)
            continue
        words = [word.removesuffix("s") if word != "fois" else word for word in _WORD.findall(folded)]
        if words and words[0] in ("un", "une"):  # « Une idée de banc » is something said, « Votre idée » is a header
            continue
        if len(words) == 1 and (role := _ROLE_OF_WORD.get(words[0])):
            roles.setdefault(role, position)
            continue
        known = [word for word in words if word in _ROLE_OF_WORD]
        if decisive := _TALLY_IN_A_SENTENCE.intersection(known):
            sentences.setdefault(_ROLE_OF_WORD[decisive.pop()], position)
        elif known and _ROLE_OF_WORD[known[0]] != "tally":
            sentences.setdefault(_ROLE_OF_WORD[known[0]], position)
    return sentences | roles


def names_a_role(cell: str) -> bool:
    """True for a header that says a role and nothing else: « Parole », « De qui on parle »; not « Espace public »."""
    if len(cell) > LONGEST_LABEL or not roles_of([cell]):
        return False
    folded = fold(cell)
    return len(_WORD.findall(folded)) == 1 or _SUBJECT_PHRASE.search(folded) is not None


def is_header_of_one_column(cell: str) -> bool:
    """« Notes », « Vos idées »; a longer line that has such a word is a note like the others."""
    return len(cell.split()) <= 2 and "text" in roles_of([cell])


def is_typed_header(cells: Sequence[str]) -> bool:
    """True for a first line of separated values that cannot be a sentence: short cells, two known names or more."""
    if any(len(cell.split()) > 4 for cell in cells[:MAX_COLUMNS]):
        return False
    return is_board_header(cells) or (len(roles := roles_of(cells)) >= 2 and "text" in roles)


def is_records_header(headers: Sequence[str]) -> bool:
    """True for exactly the four columns that our own export writes: subject, column, text, occurrences."""
    folded = sorted(fold(header) for header in headers[:MAX_COLUMNS] if header.strip())
    return folded in (
        ["column", "occurrences", "subject", "text"],
        ["colonne", "occurrences", "sujet", "texte"],
    )


def is_board_header(cells: Sequence[str], *, fewest: int = 2) -> bool:
    """True when at least `fewest` cells name one of the known columns."""
    labels = (cell for cell in cells[:MAX_COLUMNS] if 0 < len(cell) <= LONGEST_LABEL)
    return sum(kind_of(label) is not ColumnKind.OTHER for label in labels) >= fewest


def is_legend(text: str) -> bool:
    """« * Le nombre d'astérisques dit combien de fois. »"""
    lowered = text[:201].lower()  # folding takes longer: most lines need not be folded
    if len(lowered) > 200 or not ("ast" in lowered or "toile" in lowered):
        return False
    return _LEGEND.search(fold(text)) is not None
