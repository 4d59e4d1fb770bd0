"""Who commits to what in a contract: proposals for a person to check (docs/concepts/extraction.md).

A pure function of passages and names. Nothing is decided: each proposal says why, and where.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..text import fold
from .amounts import FoundAmount, Unit, find_amounts
from .dates import FoundDay, find_days
from .reading import Passage, Place

# Stems of verbs in the third person of the future: « financera », « mettront ».
_STEMS = (
    "accompagne|accueille|accorde|adapte|affecte|anime|apporte|assure|attribue|cofinance|communique|consacre|"
    "contribue|cree|dedie|deploie|designe|developpe|entretien|facilite|finance|forme|fourni|garanti|heberge|implante|"
    "informe|installe|instrui|intervien|lance|maintien|met|mobilise|nomme|octroie|organise|ouvri|participe|partage|"
    "pilote|porte|prend|prete|produi|propose|realise|recrute|reduit|rembourse|renforce|renove|repare|reserve|"
    "soutien|subventionne|tien|transmet|verse|evalue|reun|mene|construi|amenage|prevoi|traite"
)
_FUTURE = re.compile(rf"\b(?:n'|ne |s'|se )?(?P<verb>(?:{_STEMS})(?:r|d?r|tr)?(?:a|ont))\b")
_PLEDGES = (
    (
        re.compile(r"\bs'engage(?:nt|ra|ront)?(?: \w+ment)?(?:,[^,;:.]{1,80},)? (?:a|dans|en faveur d|pour|sur)\b ?"),
        "« s'engage à »",
    ),
    (re.compile(r"\b(?:prend|prennent|prendra|prendront) l'engagement (?:de |d')"), "« prend l'engagement de »"),
    (re.compile(r"\b(?:est|sont|sera|seront) engagee?s? a\b ?"), "« est engagé à »"),
    (re.compile(r"\bs'(?:est|sont) engagee?s? a\b ?"), "« s'est engagé à »"),
    (re.compile(r"\bengagements? (?:de |d'|du )[^:]{2,80}: ?"), "« engagement de … : »"),
)
_NOT = re.compile(
    r"\bne s'engagent? pas|\bn(?:e |')\w+ (?:pas|plus|aucun)|\bpourrai(?:t|ent)\b|\bpourra(?:ient|it)?\b|"
    r"\bavai(?:t|ent)\b|\bs'etai(?:t|ent) engage|\bsous reserve d'etude|\bserai(?:t|ent)\b"
)
_ALL = re.compile(
    r"\b(?:les|l'ensemble des|tous les|chacun des) (?:signataires|partenaires|parties)\b|\bchaque signataire\b"
)
_SPLIT = re.compile(r"(?<=[a-zéèà0-9)»%€\s][.!?;])\s+(?=[A-ZÀÉÈÊÎÔŒ«\"-])")
_NO_SPLIT = re.compile(r"\b(?:art|cf|etc|M|Mme|n|al|p|env|max|min|St|Ste)\.$")
_HEADINGS = {
    "wording": ("engagement", "engagements", "action", "actions", "mesures", "contribution", "intitule"),
    "signatory": ("signataire", "signataires", "organisme", "partenaire", "structure", "qui", "porteur", "pilote"),
    "due": ("echeance", "calendrier", "date", "delai", "quand"),
    "amount": ("moyens", "moyen", "montant", "budget", "financement", "cout"),
}
LEVELS = (
    ("evaluate", re.compile(r"\bevalu\w+")),
    ("cofund", re.compile(r"\b(?:co)?financ\w+|\bsubvention\w*|\bverse\w*|€|\beuros?\b")),
    ("adapt", re.compile(r"\badapt\w+|\brevis\w+|\bmodifi\w+|\bassoupli\w+")),
    ("mainstream", re.compile(r"\bdroit commun\b|\bmobilis\w+|\baffecte\w*|\bmettr\w+ a disposition (?!d\w* donnees)")),
    ("share_data", re.compile(r"\bdonnees\b|\bstatistiques?\b|\btransme\w+|\bpartag\w+")),
    ("inform", re.compile(r"\binform\w+|\bcommuniqu\w+")),
)
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Named:
    """A signatory or a neighbourhood: its name, and other ways to write it (short name, code, « la Ville »)."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal. `sentence` is what the text says, word for word; `wording` what would be committed to. `signatory`
    is one of the names given, or empty; `subject` the words that stand for it. `everyone`: all the signatories."""

    sentence: str
    wording: str
    place: Place
    reasons: tuple[str, ...]
    signatory: str = ""
    subject: str = ""
    everyone: bool = False
    due: FoundDay | None = None
    amounts: tuple[FoundAmount, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    level: str = ""


@dataclass
class _Names:
    """Names by their folded forms, the longest first, so that « Ville de Val-Clair » is not « Ville »."""

    named: Sequence[Named]
    pattern: re.Pattern[str] | None = None
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.named:
            for form in (one.name, *one.also):
                if len(form.strip()) > 1:
                    self.known.setdefault(fold(form), one.name)
        forms = sorted(self.known, key=lambda form: (-len(form), form))
        if forms:
            self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])")

    def find(self, folded: str) -> list[tuple[int, str, str]]:
        """Where a name stands, whose it is, and the words."""
        if self.pattern is None:
            return []
        return [(found.start(), self.known[found[0]], found[0]) for found in self.pattern.finditer(folded)]


def commitments_in(
    passages: Iterable[Passage], signatories: Sequence[Named] = (), neighbourhoods: Sequence[Named] = ()
) -> list[Found]:
    """The proposals, in the order of the text."""
    who, where = _Names(signatories), _Names(neighbourhoods)
    found: list[Found] = []
    lead: Found | None = None  # « La CAF s'engage à : », whose items follow
    for passage in passages:
        if passage.cells:
            lead = None
            row = _of_row(passage, who, where)
            found += [row] if row else []
            continue
        if lead is not None and passage.item and not _NOT.search(fold(passage.text)):
            found.append(_of_item(passage, lead, where))
            continue
        lead = None
        for sentence in sentences(passage.text):
            one = _of_sentence(sentence, passage.place, who, where)
            if one is not None and sentence.rstrip().endswith(":"):
                lead = one
            elif one is not None:
                found.append(one)
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; a semicolon before a capital parts them too.

    >>> sentences("La ville ouvrira (cf. art. 3) un local. Elle le dira.")
    ['La ville ouvrira (cf. art. 3) un local.', 'Elle le dira.']
    """
    parts: list[str] = []
    for piece in _SPLIT.split(text):
        if parts and _NO_SPLIT.search(parts[-1]):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _of_sentence(sentence: str, place: Place, who: _Names, where: _Names) -> Found | None:
    folded = fold(sentence)
    if _NOT.search(folded) or len(sentence) > _LONGEST or folded.endswith("?"):
        return None
    for pattern, called in _PLEDGES:
        pledge = pattern.search(folded)
        if pledge:
            said = _after(sentence, folded, pledge.end())
            return _proposal(sentence, said or sentence, place, who, where, pledge.start(), f"Le texte dit {called}.")
    for verb in _FUTURE.finditer(folded):
        before = [one for one in who.find(folded[: verb.start()]) if _near(folded[one[0] : verb.start()])]
        everyone = _ALL.search(folded[: verb.start()])
        if before or everyone:
            reason = f"Un signataire est suivi d'un verbe au futur : « {verb['verb']} »."
            return _proposal(sentence, sentence, place, who, where, verb.start(), reason)
    return None


def _near(between: str) -> bool:
    """The subject of a verb is not far before it, and no other sentence stands between."""
    return len(between.split()) <= 14 and not re.search(r"[;:]|\bque\b|\bqui\b|\bafin\b|\bpour\b", between)


def _after(sentence: str, folded: str, start: int) -> str:
    """The words after the pledge. Folding may change lengths: the words are counted instead."""
    words = len(folded[start:].split())
    said = " ".join(sentence.split()[-words:]) if words else ""
    said = re.sub(r"^(?:(?:à|a|de)\s+|d['’]\s*)", "", said.strip(" :"))
    return said[:1].upper() + said[1:]


def _proposal(
    sentence: str, wording: str, place: Place, who: _Names, where: _Names, at: int, reason: str
) -> Found:  # fmt: skip
    folded = fold(sentence)
    before = [one for one in who.find(folded) if one[0] < at] or who.find(folded)[:1]
    everyone = bool(_ALL.search(folded[:at])) and not [one for one in before if one[0] < at]
    signatory = "" if everyone or not before else before[-1][1] if len(before) == 1 else before[0][1]
    reasons = [reason]
    if signatory:
        reasons.append(f"« {signatory} » est signataire.")
    elif everyone:
        reasons.append("Tous les signataires sont nommés : à répartir.")
    if len({name for _, name, _ in before}) > 1:
        others = ", ".join(dict.fromkeys(name for _, name, _ in before if name != signatory))
        reasons.append(f"D'autres sont nommés : {others}.")
    subject = "" if signatory else _subject(sentence, folded, at)
    return _told(
        Found(sentence, wording[:_LONGEST], place, tuple(reasons), signatory, subject, everyone), sentence, where
    )


def _subject(sentence: str, folded: str, at: int) -> str:
    """The last words before the verb, up to a comma: who seems to commit."""
    words = len(folded[:at].split())
    return re.split(r"[,;:]", " ".join(sentence.split()[:words]))[-1].strip()[:120]


def _of_item(passage: Passage, lead: Found, where: _Names) -> Found:
    text = passage.text.rstrip(" ;,.")
    wording = text[:1].upper() + text[1:]
    reasons = (*lead.reasons, "C'est un point de la liste qui suit.")
    found = Found(passage.text, wording[:_LONGEST], passage.place, reasons, lead.signatory, lead.subject, lead.everyone)
    return _told(found, passage.text, where, lead)


def _of_row(passage: Passage, who: _Names, where: _Names) -> Found | None:
    """The row of a table that has a column of commitments, and one of who or of when beside it."""
    cells: dict[str, str] = {}
    for title, cell in passage.cells:
        role = _role(title)
        if role and role not in cells:
            cells[role] = cell
    if "wording" not in cells or not {"signatory", "due"} & cells.keys():
        return None
    named = who.find(fold(cells.get("signatory", "")))
    signatory = named[0][1] if named else ""
    subject = "" if signatory else cells.get("signatory", "")
    reasons = ["C'est la ligne d'un tableau d'engagements."]
    if signatory:
        reasons.append(f"« {signatory} » est signataire.")
    found = Found(
        passage.text, cells["wording"][:_LONGEST], passage.place, tuple(reasons), signatory, subject,
        bool(_ALL.search(fold(subject))),
    )  # fmt: skip
    text = " ; ".join(cells.get(role, "") for role in ("due", "amount", "wording"))
    return _told(found, f"{text} ; {passage.text}", where)


def _role(title: str) -> str:
    words = set(re.findall(r"\w+", fold(title)))
    return next((role for role, names in _HEADINGS.items() if words & set(names)), "")


def _told(found: Found, text: str, where: _Names, lead: Found | None = None) -> Found:
    """With the day, the amounts, the places and the level that the words tell."""
    days, amounts = find_days(text), [one for one in find_amounts(text) if one.unit is not Unit.PERCENT]
    places = dict.fromkeys(name for _, name, _ in where.find(fold(text)))
    folded = fold(text)
    level = next((name for name, pattern in LEVELS if pattern.search(folded)), "")
    reasons = list(found.reasons)
    due = days[0] if days else (lead.due if lead else None)
    if due and not due.exact:
        reasons.append(f"« {due.said.strip()} » est compris comme le {due.day:%d/%m/%Y}.")
    return Found(
        found.sentence, found.wording, found.place, tuple(reasons), found.signatory, found.subject, found.everyone, due,
        _once(amounts), tuple(places), level,
    )  # fmt: skip


def _once(amounts: Sequence[FoundAmount]) -> tuple[FoundAmount, ...]:
    """The same amount said twice (its own cell, then the whole row) counts once."""
    return tuple({(one.value, one.unit): one for one in reversed(amounts)}.values())[::-1]
