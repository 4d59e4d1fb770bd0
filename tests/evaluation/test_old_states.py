"""States frozen before figures of people were protected (docs/concepts/restitution.md): shown as new ones are."""

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.analysis.documents import DECK_FORMATS, FORMATS
from comptoir.evaluation import actions
from comptoir.evaluation.counted import PROTECTS
from comptoir.evaluation.frozen import seal_of
from comptoir.evaluation.frozen_reading import WHY, content_in
from comptoir.evaluation.models import Restitution
from comptoir.observatory.showing import ABSENT
from comptoir.portal.public.actions import set_public_page
from comptoir.reports.deck import MASKED

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
FIGURES = {"femmes": "7", "hommes": "8033", "habitants": "8040", "ménages": "5507", "%": "61"}
HIDDEN = ("8033", "8040")  # 7 is 8 040 less 8 033: one of the two is not told either
SHEETS = {"csv", "xlsx"}


def old(study: Study, figures: dict[str, str] = FIGURES) -> Restitution:
    """A state as the first form held it: figures as they were brought, and its own true seal."""
    question = study.ask()
    actions.settle(actor=study.lead, question=question, status="kept")
    for unit in figures:
        actions.bring(
            actor=study.lead, question=question, kind="figure", text=f"compte des {unit}", figure=Decimal(1000),
            unit=unit, period="2025", on=TODAY,
        )  # fmt: skip
    made = actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY)
    content = deepcopy(made.content) | {"schema": 1}
    for one in content["questions"]:
        del one["followed"], one["felt"]
        for piece in one["evidence"]:
            del piece["silent"], piece["answers"]
            piece["figure"] = f"{int(figures[piece['unit']]):,}".replace(",", "\xa0")
    Restitution.objects.filter(pk=made.pk).update(content=content, seal=seal_of(content))
    return Restitution.objects.get(pk=made.pk)


def text_of(content: bytes) -> str:
    """All that a file says, without what sets thousands apart."""
    if content.startswith(b"%PDF"):
        said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            said = "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    else:
        said = content.decode()
    return re.sub(r"[\u202f\u00a0]", "", re.sub(r"<[^>]*>", " ", said))


def given(study: Study, state: Restitution, client_for: Callable[[Actor], Any]) -> dict[str, str]:
    """Each page and file made of a state, and what it says."""
    slug, member = study.lead.space.slug, client_for(study.who(Role.READER))
    urls = {"page": reverse("restitution", args=(slug, study.evaluation.code, state.number))}
    urls |= {kind: reverse("restitution_deck", args=(slug, state.code, kind)) for kind in DECK_FORMATS}
    urls |= {
        suffix: reverse("restitution_document", args=(slug, state.code, suffix))
        for suffix in FORMATS if suffix not in SHEETS
    }  # fmt: skip
    found = {name: text_of(member.get(url).content) for name, url in urls.items()}
    extract = reverse("restitution_extract", args=(slug, state.code))
    found["extrait"] = text_of(client_for(study.who(Role.EVALUATOR)).post(extract).content)
    return found


def test_what_is_shown_of_it_passes_the_same_rule_in_every_page_and_file(
    study: Study, client_for: Callable[[Actor], Any]
) -> None:
    state = old(study)
    outputs = given(study, state, client_for)
    assert len(outputs) == 11
    for name, text in outputs.items():
        assert "moins de 11" in text, name
        assert not re.search(r"(?<!\d)7 (?:femmes|compte)", text), name
        assert sum(number in text for number in HIDDEN) <= 1, name
        assert "5507" in text or name.startswith(("affiche", "dia")), name


def test_the_rule_is_that_of_new_states(study: Study) -> None:
    state = old(study)
    shown = {
        piece["unit"]: (piece["figure"], piece["silent"]) for piece in content_in(state)["questions"][0]["evidence"]
    }
    assert shown == {
        "femmes": ("moins de 11", ""), "hommes": (ABSENT, PROTECTS), "habitants": ("8\xa0040", ""),
        "ménages": ("5\xa0507", ""), "%": ("61", ""),
    }  # fmt: skip


def test_one_sentence_says_why_on_the_page_and_in_the_report(study: Study, client_for: Callable[[Actor], Any]) -> None:
    outputs = given(study, old(study), client_for)
    for name in ("page", "html", "md"):
        assert WHY in " ".join(outputs[name].replace("&#x27;", "'").split()), name
    assert MASKED.strip(" ·") in outputs["diaporama"]


def test_what_was_stored_does_not_move_and_its_seal_stays_true(
    study: Study, client_for: Callable[[Actor], Any]
) -> None:
    state = old(study)
    before = deepcopy(state.content)
    assert "modifié hors du programme" not in given(study, state, client_for)["page"]
    again = Restitution.objects.get(pk=state.pk)
    assert (again.content, again.seal) == (before, state.seal)
    assert "7" in [piece["figure"] for piece in again.content["questions"][0]["evidence"]]


def test_the_page_of_the_next_state_does_not_tell_it_either(study: Study, client_for: Callable[[Actor], Any]) -> None:
    state = old(study)
    actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="report", on=TODAY)
    url = reverse("restitution", args=(study.lead.space.slug, study.evaluation.code, state.number + 1))
    page = text_of(client_for(study.who(Role.READER)).get(url).content)
    assert "avant : moins de 11 femmes" in page
    assert "8033" not in page
    assert WHY not in page


def test_where_no_number_of_people_is_small_nothing_is_said_nor_hidden(
    study: Study, client_for: Callable[[Actor], Any]
) -> None:
    outputs = given(study, old(study, {"femmes": "70", "bancs": "3"}), client_for)
    assert "70 femmes" in " ".join(outputs["md"].split())
    assert "3 bancs" in " ".join(outputs["md"].split())
    assert [name for name, text in outputs.items() if "moins de" in text and name != "extrait"] == []
    assert [name for name, text in outputs.items() if WHY[:40] in text or MASKED in text] == []


def test_the_threshold_is_asked_for_only_where_a_state_is_old(study: Study, django_assert_num_queries: Any) -> None:
    state = old(study)
    state.space = study.lead.space
    with django_assert_num_queries(1):
        content_in(state)
    new = actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="report", on=TODAY)
    with django_assert_num_queries(0):
        assert "note" not in content_in(new)


def test_the_public_plain_page_of_an_old_state_says_only_its_plain_words(
    study: Study, client_for: Callable[[Actor], Any], client: Any
) -> None:
    state = old(study)
    (asked,) = [one["id"] for one in state.content["questions"]]
    actions.write_plain(actor=study.lead, restitution=state, asked=asked, question="Plus vite ?", answer="Pas encore.")
    actions.publish_plain(actor=study.lead, restitution=state, on=TODAY)
    set_public_page(actor=study.lead, opened=True)
    url = reverse("public_plain", args=(study.lead.space.slug, state.code))
    page = text_of(client.get(url).content)
    assert "Pas encore." in page
    assert [number for number in (*HIDDEN, "femmes") if number in page] == []
