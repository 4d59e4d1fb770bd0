"""The workbook, from the table back to the table, and a passage of the contract: with a script and without one."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visits import HOME, Visits, button, link

pytestmark = pytest.mark.browser
HEADER, TABLE = "Mesure", f"{HOME}engagements/"


def filled(taken: Path, wording: str) -> bytes:
    """The workbook as a partner fills it: the measure of the first row, and a new row."""
    rows = list(csv.reader(io.StringIO(taken.read_text("utf-8-sig")), delimiter=";"))
    header = rows[0]
    rows[1][header.index(HEADER)] = f"nombre de fois : {wording}"
    new = dict.fromkeys(header, "") | {"Qui s'engage": rows[1][1], "Engagement": wording, "Échéance": "juin 2027"}
    rows.append([new[name] for name in header])
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def walk(page: Page, wording: str) -> None:
    link(page, "Classeur").click()
    with page.expect_download() as found:
        button(page, "CSV").click()
    link(page, "Choisir un fichier").click()
    content = filled(Path(found.value.path()), wording)
    page.get_by_label("Votre fichier").set_input_files(
        files=[{"name": "rempli.csv", "mimeType": "text/csv", "buffer": content}]
    )
    button(page, "Lire").click()
    button(page, "Voir ce qui sera importé").click()
    shown = page.locator("main").inner_text()
    assert "« juin 2027 » compris comme le 30 juin 2027." in shown
    assert f"nombre de fois : {wording}" in shown
    button(page, "C'est bien ça, importer").click()
    assert re.search(r"1\s+ligne créée", page.locator("main").inner_text())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_workbook_leaves_and_comes_back(visits: Visits, script: bool) -> None:
    page = visits.enter(TABLE, java_script_enabled=script)
    wording = f"Ouvrir la loge le soir {'avec' if script else 'sans'} rendez-vous"
    walk(page, wording)
    page.goto(TABLE)
    assert wording in page.locator("main").inner_text()


def test_a_passage_becomes_a_commitment_that_cites_it(visits: Visits) -> None:
    page = visits.enter(f"{TABLE}textes/", width=390, java_script_enabled=False)
    link(page, "contrat-de-ville-2024-2030.odt").click()
    link(page, "Relire la suite").click()
    passage, decided = page.locator("blockquote").inner_text(), page.url
    button(page, "En faire un engagement").click()
    expect(page.locator("body")).to_contain_text("Il cite sa place dans le contrat")
    page.goto(decided)
    link(page, "un engagement").click()
    expect(page.locator("main")).to_contain_text(passage)
