"""What an outsider writes down of published texts: numbers, and the reasons that stand in the place of the others."""

import re
from collections.abc import Iterator, Mapping

from planted import ALL, FELT, NAMES, SEXES, YEARS, number_of
from taken import Outputs, rows_of, tables_of, text_of

from comptoir.analysis.disclosure import Cell, Dimension, Rule, Status, Table

Key = tuple[str, ...]
Known = dict[Key, float]
Why = dict[Key, Status]
_NUMBER = r"\d[\d\u202f\u00a0 ]*"
_CODES = {name: code for code, name in NAMES.items()}
_SEXES = {name: sex for sex, name in SEXES.items()}
_NAMES = [re.escape(one).replace(r"\ ", r"\s+") for one in sorted(SEXES.values(), key=len, reverse=True)]
_TOKEN = re.compile(
    "|".join([
        r"depuis\s+(?P<since>20\d\d)\s*:",
        r"(?P<indicator>" + "|".join(_NAMES) + ")",
        r"(?P<place>" + "|".join(NAMES.values()) + "|Val-Clair)",
        r"(?P<few>moins\s+de\s+11\s+jeunes)",
        r"(?P<other>masqué\s+pour\s+protéger\s+une\s+autre\s+case)",
        r"(?<![\d+−])(?<!moins de )(?P<number>" + _NUMBER + r")\s+jeunes(?!\s+par\s+an)(?:\s*\((?P<of>20\d\d))?",
        r"\b(?P<year>202[45])\b",
    ])
)  # fmt: skip


def number(text: str) -> float:
    return float(re.sub(r"\D", "", text))


def truth() -> dict[Key, float]:
    """Of the observatory: (year, place, sex) → what was planted."""
    found: dict[Key, float] = {}
    for year, rows in YEARS.items():
        for sex in SEXES:
            for code, row in rows.items():
                found[f"{year}", code, sex] = number_of(row, sex)
            found[f"{year}", ALL, sex] = sum(number_of(row, sex) for row in rows.values())
    return found


def figures(outputs: Outputs, codes: Mapping[str, str]) -> Iterator[tuple[str, Key, float | Status]]:
    """(address, (year, place, sex), a number or a reason) of all that is said of the indicators. `codes`: of theirs."""
    for url, content in outputs.items():
        sex = next((one for code, one in codes.items() if code in url), "")
        place = next((code for code in NAMES if code in url), "")
        year = "2025"
        for token in _TOKEN.finditer(text_of(url, content)):
            if token["since"]:
                place, year = ALL, token["since"]
            elif token["indicator"]:
                sex = _SEXES[" ".join(token["indicator"].split())]
            elif token["place"]:
                place = _CODES.get(token["place"], ALL)
            elif token["year"]:
                year = token["year"]
            elif sex and place:
                key = (token["of"] or year, place, sex)
                yield url, key, _said(token)


def _said(token: "re.Match[str]") -> float | Status:
    if token["few"]:
        return Status.PRIMARY
    return Status.SECONDARY if token["other"] else number(token["number"])


def observatory(known: Known, why: Why) -> list[Table]:
    """A table for each year: neighbourhoods by sex, totals included. Each year has a measure of its own."""
    return [
        Table(
            f"{year}", ("territoire", "sexe"),
            {
                (place, sex): Cell(known[key]) if key in known else Cell(float("nan"), hidden_as=why.get(key))
                for key in truth() if key[0] == f"{year}" for _, place, sex in [key]
            },
            rule=Rule(threshold=11, unit="jeunes"), measure=f"suivis en {year}",
        )
        for year in YEARS
    ]  # fmt: skip


def survey(outputs: Outputs) -> tuple[list[Table], list[Dimension]]:
    """The table of answers by neighbourhood, from the pages and the lists; and which answers add up."""
    cells: dict[Key, Cell] = {}
    sums: dict[str, set[str]] = {}
    for question, answer, place, text in _answers(outputs):
        key = (ALL if question == ALL else f"{question} {answer}", place)
        value = float(text) if text.isdecimal() else float("nan")
        there = cells.setdefault(key, Cell(value))
        assert there.value == value or (there.value != there.value and value != value), (key, "two outputs disagree")
        if question != ALL:
            sums.setdefault(question, set()).add(key[0])
    rule = Rule(threshold=11, unit="réponses", distinct=False)
    totals = tuple((ALL, tuple(sorted(parts))) for _, parts in sorted(sums.items()))
    return [Table("enquête", ("réponse", "quartier"), cells, rule)], [Dimension("réponse", ALL, totals)]


def _answers(outputs: Outputs) -> Iterator[tuple[str, str, str, str]]:
    """(question, answer, neighbourhood, what is written): of the results page, of the list and of its files."""
    for url, content in outputs.items():
        if "/evaluation/" in url or "/restitution" in url:
            yield from _cited(url, content)
        elif "/resultats/liste/" in url:
            rows = (
                rows_of(url, content)[1:]
                if "format=" in url
                else [row for _, rows in tables_of(content) for row in rows[1:]]
            )
            for row in rows:
                question, answer, place, said = row[1:5] if "format=" in url else row[:4]
                if not answer.startswith("Réponse "):
                    yield question, answer, place.strip("—") or ALL, said.strip("—")
        elif url.endswith("/resultats/"):
            for heading, rows in tables_of(content):
                question = re.sub(r"^\d+\. ", "", heading)
                head = rows[0]
                for row in rows[1:]:
                    if head[0] == "Quartier":
                        yield ALL, "", row[0], row[1]
                    elif "Nombre" in head:
                        yield question, row[0], ALL, row[head.index("Nombre")]
                    else:
                        yield from (
                            (question, row[0], place, said) for place, said in zip(head[1:], row[1:], strict=True)
                        )


_QUOTED = re.compile(r"(?P<label>Oui|Non|Mieux|Pareil|Moins\s+bien)\s*(?::|\|)\s*(?P<said>\d+|tu)\b")


def _cited(url: str, content: bytes) -> Iterator[tuple[str, str, str, str]]:
    """The answers that an evaluation cites, wherever they are written."""
    for one in _QUOTED.finditer(text_of(url, content)):
        label = " ".join(one["label"].split())
        yield "Allez-vous au parc ?" if label in ("Oui", "Non") else "Depuis un an, c'est…", label, ALL, one["said"]


_EVIDENCE = re.compile(
    r"(?P<said>" + _NUMBER + r"|moins\s+de\s+11|—|masqué\s+pour\s+protéger\s+un\s+autre\s+chiffre)[\s|;]+"
    r"(?P<unit>femmes|hommes|participants)\b"
)


def evidence(outputs: Outputs) -> list[Table]:
    """The numbers typed as evidence: two parts and their total."""
    cells: dict[Key, Cell] = {}
    for url, content in outputs.items():
        for one in _EVIDENCE.finditer(text_of(url, content)):
            key = (ALL if one["unit"] == "participants" else one["unit"],)
            few = one["said"].startswith("moins")
            if one["said"][0].isdigit():
                cell = Cell(number(one["said"]))
            else:
                cell = Cell(float("nan"), hidden_as=Status.PRIMARY if few else Status.SECONDARY)
            there = cells.setdefault(key, cell)
            assert repr(there) == repr(cell), (url, key, "two outputs disagree")
    return [Table("pièces", ("sexe",), cells, Rule(threshold=11))]


_FELT = re.compile(
    r"depuis\s+2024(?:,\s+(?P<place>Le Mail|Les Tilleuls))?\s*:\s*(?P<shares>[^:]*?)sur\s+(?P<total>\d+)\s+réponses"
)
_SHARE = re.compile(r"(mieux|pareil|pire)\s+(\d+)\s*%")


def felt(outputs: Outputs) -> list[Table]:
    """What residents feel, by place: numbers worked out from the shares and their total."""
    cells: dict[Key, Cell] = {
        (place or ALL, word): Cell(float("nan")) for place in FELT for word in ("mieux", "pareil", "pire", ALL)
    }
    for url, content in outputs.items():
        for one in _FELT.finditer(text_of(url, content)):
            place = _CODES[one["place"]] if one["place"] else ALL
            total = int(one["total"])
            read = {ALL: total} | {
                word: _worked_out(int(share), total) for word, share in _SHARE.findall(one["shares"])
            }
            for word, value in read.items():
                there = cells[place, word]
                assert there.value in (value, there.value) or there.value != there.value, (url, place, word)
                cells[place, word] = Cell(float(value))
    return [Table("ressenti", ("quartier", "ressenti"), cells, Rule(threshold=11, distinct=False))]


def _worked_out(share: int, total: int) -> int:
    """The only number that this share of the total can be."""
    (found,) = (one for one in range(total + 1) if round(100 * one / total) == share)
    return found
