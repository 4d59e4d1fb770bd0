"""The auditor attacks all that an instance publishes: docs/concepts/disclosure.md (« Ce qui est attaqué »).

Small cells are planted where numbers of people are: indicators, a survey, evidence and feelings of an evaluation, who
speaks in a synthesis. Pages, lists, files, slides, posters and the outside reviewer's extract are taken as each reader
gets them, read as an outsider reads, and set together. Suppression off, the planted cells are found; on, nothing is.
"""

import re
from collections.abc import Callable

import pytest
from outsider import Known, Why, evidence, felt, figures, observatory, survey, truth
from planted import FIGURES, NOTES, TABLES, Instance, instance
from taken import Outputs, browser_of, everything, text_of

from comptoir.accounts.models import Actor
from comptoir.analysis.disclosure import Status, Verdict, audit
from comptoir.analysis.public_copy.origins import Origins
from comptoir.portal.public.actions import set_public_page
from comptoir.voices.enums import SpeakerKind

pytestmark = pytest.mark.django_db
SOURCES = ("observatory", "survey", "evidence", "felt")
OFF = "comptoir.analysis.disclosure.protection._secondary"  # the only place where cells are chosen to protect others


def built(lead: Actor, member: Callable[[str], Actor]) -> Instance:
    set_public_page(actor=lead, opened=True)
    return instance(lead, member)


def taken_by(made: Instance, actor: Actor | None) -> Outputs:
    """Who reads, and the address → everything that they can open or take away; the evaluator takes the extract too."""
    space = f"/{made.lead.space.slug}/"
    browser, name = browser_of(actor), actor.role if actor else "personne"
    starts = (space, f"{space}public/", f"{space}enquete/{made.survey.code}/", f"{space}observatoire/")
    found = everything(browser, *starts)
    if actor is made.evaluator:
        url = f"{space}documents/restitution/{made.state.code}/extrait.zip"
        found[url] = browser.post(url).content
    return {f"{name} {url}": content for url, content in found.items()}


def speakers(made: Instance, outputs: Outputs) -> dict[str, int]:
    """How many notes of the published synthesis are said to come from whom, and from which table."""
    words = (*TABLES.values(), *(str(kind.label) for kind in NOTES))
    found: dict[str, int] = dict.fromkeys(words, 0)
    for url, content in outputs.items():
        if f"/{made.version.workshop.code}/" in url and not url.startswith("evaluator"):  # who hears raw notes
            text = text_of(url, content)
            for word in words:
                found[word] += word in text
    return found


def learn(made: Instance, outputs: Outputs) -> tuple[Known, Why]:
    """What is said of the indicators. Each number read is the one that was planted: the reader reads well."""
    known: Known = {}
    why: Why = {}
    right = truth()
    codes = {indicator.code: sex for sex, indicator in made.indicators.items()}
    for url, key, said in figures(outputs, codes):
        if isinstance(said, Status):
            why[key] = said
        else:
            assert said == right[key], (url, key)
            known[key] = said
    assert known.keys() | why.keys() == right.keys(), "each cell is shown, or says why it is not"
    return known, why


def attack(made: Instance, outputs: Outputs) -> dict[str, set[Verdict]]:
    """What the auditor finds, by source."""
    known, why = learn(made, outputs)
    tables, dimensions = survey(outputs)
    found = {
        "observatory": audit(observatory(known, why)), "survey": audit(tables, dimensions),
        "evidence": audit(evidence(outputs)), "felt": audit(felt(outputs)),
    }  # fmt: skip
    assert all(found.values()), "something is hidden everywhere"
    return {source: {one.verdict for one in cells} for source, cells in found.items()}


def written(outputs: Outputs, known: Known) -> list[tuple[str, str]]:
    """Large numbers that are hidden, and where they are written all the same: in an attribute, a title, a drawing."""
    hidden = {f"{value:.0f}" for key, value in truth().items() if key not in known and value > 1000}
    hidden |= {f"{number}" for unit, number in FIGURES if unit == "hommes"}
    assert len(hidden) > 4
    found = []
    for url, content in outputs.items():
        text = re.sub(r"[\u202f\u00a0 ]", "", text_of(url, content) + content.decode("utf-8", "ignore"))
        found += [(url, number) for number in sorted(hidden) if re.search(rf"(?<!\d){number}(?!\d)", text)]
    return found


def test_the_auditor_finds_nothing_in_all_that_is_published(lead: Actor, member: Callable[[str], Actor]) -> None:
    made = built(lead, member)
    outputs = taken_by(made, made.reader) | taken_by(made, made.evaluator) | taken_by(made, None)
    kinds = {re.sub(r".*[./=](\w+(?:-\w+)?)/?$", r"\1", url) for url in outputs}
    assert {"csv", "xlsx", "ods", "odt", "docx", "pdf", "md", "zip", "diapositives", "diaporama", "affiche"} <= kinds
    assert "affiche-web" in kinds
    assert f"personne /{lead.space.slug}/public/dit/?format=csv" in outputs
    assert attack(made, outputs) == {source: {Verdict.SAFE} for source in SOURCES}
    assert written(outputs, learn(made, outputs)[0]) == []
    assert set(speakers(made, outputs).values()) == {0}


def test_with_suppression_off_the_same_attack_finds_the_planted_cells(
    lead: Actor, member: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OFF, lambda problem, lattice, work: (problem.primary | problem.free, 0.0, True))
    monkeypatch.setattr(
        "comptoir.workshops.public.shown_origins", lambda *told, **more: Origins(kinds=True, tables=True)
    )
    made = built(lead, member)
    outputs = taken_by(made, made.reader)
    assert attack(made, outputs) == {source: {Verdict.EXACT} for source in SOURCES}
    assert speakers(made, outputs)[TABLES[SpeakerKind.ELECTED_OFFICIALS]] == NOTES[SpeakerKind.ELECTED_OFFICIALS]
