"""All that the observatory publishes, attacked by the auditor: docs/concepts/observatory.md (« Garanties »)."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from lxml import html
from observed import PLANTED, WHO, WHOLE, plant

from comptoir.accounts.models import Actor
from comptoir.analysis.disclosure import Cell, Rule, Status, Table, Verdict, audit
from comptoir.analysis.tables import read_sheets
from comptoir.contracts.actions import open_contract, set_perimeter
from comptoir.observatory.models import Indicator, Series
from comptoir.observatory.releases import protect, settle
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"^([\d\u202f\u00a0 ]+)\s*(?:jeunes)?$")
Outputs = dict[str, bytes]
Known = dict[tuple[str, str], float | None]
REASONS = {"moins de 11 jeunes": Status.PRIMARY, "masqué pour protéger une autre case": Status.SECONDARY}


@pytest.fixture
def made(lead: Actor) -> dict[str, Indicator]:
    """Small cells planted in the neighbourhoods of a contract."""
    found = plant(lead)
    set_perimeter(actor=lead, contract=open_contract(actor=lead, name="Contrat"), codes=sorted(PLANTED))
    return found


def outputs(browser: LintingClient, made: dict[str, Indicator]) -> Outputs:
    """Pages, fragments, charts and files, as a reader gets them."""
    base = "/val-clair/observatoire/"
    found: Outputs = {"home": browser.get(base).content}
    for sex, indicator in made.items():
        page = f"{base}indicateurs/{indicator.code}/"
        for query in ("", "?tri=-valeur", "?millesime=r2025", "?sorte=qpv", "?tri=valeur&page=2"):
            found[f"{sex} {query}"] = browser.get(page + query).content
        found[f"{sex} fragment"] = browser.get(page + "?tri=-annee", headers={"HX-Request": "true"}).content
        for kind in ("csv", "xlsx", "ods"):
            answer = browser.get(f"{page}?format={kind}")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]  # what the test client gives is loosely typed
            found[f"{sex} .{kind}"] = content
    for code in PLANTED:
        found[f"page {code}"] = browser.get(f"{base}quartiers/{code}/").content
    return found


def figures(found: Outputs, made: dict[str, Indicator]) -> Iterator[tuple[str, str, str, str]]:
    """(output, territory, sex, text) of everything that reads as a figure, in tables, charts and files."""
    from observed import NAMES

    codes = {name: code for code, name in NAMES.items()} | {"Val-Clair": WHOLE}
    for label, content in found.items():
        sex = label.split(" ")[0]
        if label.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
                yield label, codes[row["Territoire"]], sex, row["Valeur"] or row["Précision"]
        elif label.endswith((".xlsx", ".ods")):
            rows = read_sheets(content, label)[0].rows
            at = {name: number for number, name in enumerate(rows[0].cells)}
            for row in rows[1:]:
                cells = [*row.cells, ""]
                yield label, codes[cells[at["Territoire"]]], sex, cells[at["Valeur"]] or cells[at["Précision"]]
        elif sex in made:
            page = html.fromstring(content)
            for line in page.iter("tr"):
                texts = [" ".join(cell.text_content().split()) for cell in line]
                name = re.sub(r"^\d+\. ", "", texts[0])
                for text in texts[1:]:
                    if name in codes:
                        yield label, codes[name], sex, text
            for drawing in page.iter("svg"):
                name = ""
                for piece in drawing.iter("text"):
                    text = " ".join((piece.text or "").split())
                    name = text if text in codes else name
                    if name:
                        yield label, codes[name], sex, text
        elif label.startswith("page "):
            page = html.fromstring(content)
            for line in page.iter("tr"):
                name = line[0].text_content()
                of = next((s for s, one in made.items() if s != WHO and f": {s.lower()}" in name), WHO)
                if name.startswith("Jeunes suivis"):
                    for cell in line[1:2]:
                        yield label, label[5:], of, " ".join((cell[0].text or "").split())
                        yield label, label[5:], of, " ".join(cell.text_content().split())


def learn(found: Outputs, made: dict[str, Indicator]) -> tuple[Known, dict[tuple[str, str], Status]]:
    """What an outsider writes down: a number for each cell that any output gives, a reason for the others."""
    known: Known = {}
    why: dict[tuple[str, str], Status] = {}
    for _, code, sex, text in figures(found, made):
        number = NUMBER.match(text.replace(",0", ""))
        if number and text not in ("2024", "2025"):  # the perimeter and the year
            read = float(re.sub(r"\D", "", number.group(1)))
            assert known.setdefault((code, sex), read) == read, "two outputs disagree"
        for words, status in REASONS.items():
            if words in text:
                why[code, sex] = status
    return known, why


def attack(found: Outputs, made: dict[str, Indicator]) -> list[Verdict]:
    known, why = learn(found, made)
    keys = {(code, sex) for code in (*PLANTED, WHOLE) for sex in made}
    assert known.keys() | why.keys() == keys, "each cell is shown, or says why it is not"
    table = Table(
        "publié", ("territoire", "sexe"),
        {
            ("Ensemble" if code == WHOLE else code, sex): Cell(known[code, sex])  # type: ignore[arg-type]  # what the test client gives is loosely typed
            if (code, sex) in known
            else Cell(float("nan"), hidden_as=why[code, sex])
            for code, sex in sorted(keys)
        },
        rule=Rule(threshold=11),
    )  # fmt: skip
    return [one.verdict for one in audit([table])]


def test_the_auditor_finds_nothing_in_all_that_is_published(
    made: dict[str, Indicator], reader: Actor, client_for: Callable[[Actor], LintingClient]
) -> None:
    found = outputs(client_for(reader), made)
    verdicts = attack(found, made)
    assert len(verdicts) == 4
    assert set(verdicts) == {Verdict.SAFE}


def test_no_hidden_number_is_written_anywhere(
    made: dict[str, Indicator], reader: Actor, client_for: Callable[[Actor], LintingClient]
) -> None:
    """Not even in an attribute, a title, an address or a drawing."""
    found = outputs(client_for(reader), made)
    known, _ = learn(found, made)
    hidden = [row[at] for code, row in PLANTED.items() for at, sex in enumerate(("Femmes", "Hommes"))
              if (code, sex) not in known and row[at] > 100]  # fmt: skip
    assert hidden
    for label, content in found.items():
        text = re.sub(r"[\u202f\u00a0 ]", "", content.decode("utf-8", "ignore"))
        for number in hidden:
            assert str(number) not in text, (label, number)


def test_with_suppression_off_the_same_attack_succeeds(
    made: dict[str, Indicator], reader: Actor, client_for: Callable[[Actor], LintingClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(
        "comptoir.observatory.releases.settle", lambda values, ground: settle(values, ground, secondary=False)
    )
    protect(Series.objects.filter(indicator__in=list(made.values())).select_related("indicator"))
    assert attack(outputs(client_for(reader), made), made) == [Verdict.EXACT]
