"""Signatories side by side (docs/concepts/evaluation.md, « S'évaluer soi-même, puis comparer »)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.contracts.actions import add_signatory
from comptoir.contracts.models import Signatory
from comptoir.evaluation import actions
from comptoir.evaluation.compared import spread
from comptoir.evaluation.enums import Step
from comptoir.evaluation.models import SelfAnswer
from comptoir.kit.errors import Invalid, Refused

Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py
NO, RATHER_NO, RATHER_YES, YES = Step
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("steps", "median", "gap", "apart"),
    [
        ([YES], "", "", False),
        ([YES, YES], "oui", "tous la même réponse", False),
        ([NO, RATHER_NO], "entre « non » et « plutôt non »", "de « non » à « plutôt non »", False),
        ([NO, YES, RATHER_NO], "plutôt non", "de « non » à « oui »", True),
        ([NO, RATHER_YES], "entre « non » et « plutôt oui »", "de « non » à « plutôt oui »", True),
        ([RATHER_YES, NO, RATHER_YES, YES], "plutôt oui", "de « non » à « oui »", True),
    ],
    ids=["one is nobody's middle", "the same", "close", "apart", "no size between steps", "four"],
)
def test_median_and_gap_case_by_case(steps: list[Step], median: str, gap: str, apart: bool) -> None:
    found = spread(steps)
    assert found is not None
    said = [words.replace("\xa0", " ") for words in (found.median, found.gap)]
    assert (*said, found.apart) == (median, gap, apart)


def test_nobody_answered_says_nothing() -> None:
    assert spread([]) is None


STEPS = st.lists(st.sampled_from(Step), min_size=1, max_size=9)


@given(STEPS, st.sampled_from(Step), st.randoms(use_true_random=False))
def test_the_order_changes_nothing_and_one_more_never_narrows(steps: list[Step], more: Step, chance: Any) -> None:
    found = spread(steps)
    mixed = list(steps)
    chance.shuffle(mixed)
    assert spread(mixed) == found
    wider = spread([*steps, more])
    assert found is not None
    assert wider is not None
    assert wider.high - wider.low >= found.high - found.low
    assert found.low <= found.middle[0] <= found.middle[1] <= found.high
    assert sum(one <= found.middle[1] for one in steps) * 2 >= len(steps)
    assert sum(one >= found.middle[0] for one in steps) * 2 >= len(steps)


def other(study: Study) -> Signatory:
    organisation = organisation_named("Caisse de quartier")
    assert organisation is not None
    return add_signatory(actor=study.lead, contract=study.contract, organisation=organisation)


def test_a_referent_answers_for_their_own_organisation(study: Study, client_for: Browser) -> None:
    referent, theirs = study.who(Role.REFERENT), other(study)
    assert referent.organisation_id == study.landlord.organisation_id
    browser = client_for(referent)
    address = reverse("self_assess", args=("val-clair", study.evaluation.code, study.landlord.code))
    assert "Ce que nous avions promis" in browser.get(address).content.decode()
    sent = {"kept": "1", "kept_line": "Deux sur trois", "together": "3", "change": ""}
    assert browser.post(address, sent).status_code == 302
    found = {one.item: (one.step, one.line, one.by_team) for one in SelfAnswer.objects.all()}
    assert found == {"kept": (1, "Deux sur trois", False), "together": (3, "", False)}
    refused = reverse("self_assess", args=("val-clair", study.evaluation.code, theirs.code))
    assert browser.post(refused, sent).status_code == 403
    entry = Entry.objects.get(action="evaluation.assess")
    assert entry.object_id == study.landlord.pk
    assert "Deux sur trois" not in str(entry.details)


def test_answering_again_replaces_that_year_alone(study: Study) -> None:
    said = {"actor": study.lead, "signatory": study.landlord}
    actions.assess(**said, answers={"kept": (3, ""), "change": (0, "")}, on=date(2025, 11, 1))
    actions.assess(**said, answers={"kept": (1, ""), "change": (2, "")}, on=TODAY)
    actions.assess(**said, answers={"kept": (2, "mieux")}, on=TODAY)
    rows = SelfAnswer.objects.order_by("year", "item").values_list("year", "item", "step", "by_team")
    assert list(rows) == [(2025, "change", 0, True), (2025, "kept", 3, True), (2026, "kept", 2, True)]
    with pytest.raises(Invalid, match="au moins"):
        actions.assess(**said, answers={}, on=TODAY)
    with pytest.raises(Invalid):
        actions.assess(**said, answers={"kept": (4, "")}, on=TODAY)


def test_another_space_answers_nothing(study: Study, stranger: Actor, client_for: Browser) -> None:
    with pytest.raises(Refused):
        actions.assess(actor=stranger, signatory=study.landlord, answers={"kept": (3, "")}, on=TODAY)


def test_answers_stand_side_by_side_by_name_with_median_and_gap(study: Study, client_for: Browser) -> None:
    today = timezone.localdate()
    actions.assess(actor=study.lead, signatory=study.landlord, answers={"kept": (3, "Tout est fait")}, on=today)
    actions.assess(actor=study.lead, signatory=other(study), answers={"kept": (0, "")}, on=today)
    address = reverse("self_assessments", args=("val-clair", study.evaluation.code))
    page = client_for(study.who(Role.READER)).get(address).content.decode().replace("\xa0", " ")
    assert page.index("Caisse de quartier") < page.index("Régie de quartier")  # the better one is not first
    for said in ("Tout est fait", "entre « non » et « oui »", "de « non » à « oui »", "2 signataires ont répondu"):
        assert said in page
    assert "/signataires/" + study.landlord.code not in page
    assert "/signataires/" + study.landlord.code in client_for(study.lead).get(address).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_whatever_the_signatories(
    study: Study, client_for: Browser, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        organisation = organisation_named(f"Organisme {n}")
        assert organisation is not None
        one = add_signatory(actor=study.lead, contract=study.contract, organisation=organisation)
        actions.assess(actor=study.lead, signatory=one, answers={"kept": (n % 4, "")}, on=TODAY)
    browser = client_for(study.lead)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("self_assessments", args=("val-clair", study.evaluation.code))).status_code == 200
