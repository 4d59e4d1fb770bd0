"""Two comptoirs compared, what comes back and what falls silent, as pages (docs/concepts/recurrences.md)."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.workshops.actions import add_comptoir, open_workshop, set_silence
from comptoir.workshops.echoes import compared, echoes
from comptoir.workshops.models import Workshop, silence_of

Browser = Callable[[Actor], Any]
TODAY = timezone.localdate()


def held(lead: Actor, day: date, kind: SpeakerKind, *notes: str) -> Workshop:
    workshop = open_workshop(actor=lead, title=f"Comptoir du {day}", held_on=day)
    table = add_comptoir(
        actor=lead, workshop=workshop, title="Élus", subject=Subject.ELECTED_OFFICIALS, speaker_kind=kind
    )
    heading = table.occasion.headings.get(kind=HeadingKind.PITFALL)
    for words in notes:
        voices.add_note(actor=lead, heading=heading, words=words)
    return workshop


@pytest.fixture
def two(lead: Actor) -> tuple[Workshop, Workshop]:
    old = held(
        lead,
        TODAY - timedelta(days=400),
        SpeakerKind.PROFESSIONALS,
        "Promettre et ne pas tenir",
        "Des salles trop loin",
    )
    return old, held(lead, TODAY, SpeakerKind.RESIDENTS, "promettre et pas tenir", "Le jargon des formulaires")


def test_who_speaks_and_whom_about_stand_apart(two: tuple[Workshop, Workshop]) -> None:
    found = compared(*two, HeadingKind.PITFALL)
    assert (found.here.speakers, found.there.speakers) == (("des professionnels",), ("des habitants",))
    assert found.here.about == found.there.about == ("les élus",)
    assert [(row.here, row.there) for row in found.both] == [(1, 1)]
    assert [row.label for row in found.only_here] == ["Des salles trop loin"]
    assert compared(*two, HeadingKind.PITFALL, Subject.RESIDENTS).both == []


def test_what_comes_back_and_what_falls_silent(two: tuple[Workshop, Workshop], lead: Actor) -> None:
    found = echoes(lead, HeadingKind.PITFALL, today=TODAY, months=6)
    assert [[w.pk for w, _ in echo.times] for echo in found.recurring] == [[two[0].pk, two[1].pk]]
    assert [echo.theme.label for echo in found.silent] == ["Des salles trop loin"]
    assert echoes(lead, HeadingKind.PITFALL, today=TODAY, months=24).silent == []


def test_pages_say_it_and_bad_addresses_do_no_harm(
    two: tuple[Workshop, Workshop], lead: Actor, stranger: Actor, client_for: Browser
) -> None:
    browser, slug = client_for(lead), lead.space.slug
    page = unescape(browser.get(reverse("compare", args=(slug,))).content.decode())
    assert "Dans les deux (1)" in page
    assert "Des salles trop loin" in page
    same = browser.get(reverse("compare", args=(slug,)), {"ici": two[0].code, "autre": two[0].code})
    assert "Choisissez deux comptoirs différents" in same.content.decode()
    elsewhere = open_workshop(actor=stranger, title="Ailleurs")
    assert browser.get(reverse("compare", args=(slug,)), {"ici": elsewhere.code}).status_code == 404
    for months in ("0", "x", "²", "9999999999", "24"):
        answer = browser.get(reverse("themes", args=(slug,)), {"mois": months, "colonne": "who"})
        assert answer.status_code == 200


def test_a_space_says_after_how_many_months_a_theme_is_silent(
    two: tuple[Workshop, Workshop], lead: Actor, facilitator: Actor, stranger: Actor, client_for: Browser
) -> None:
    browser, (slug, themes) = client_for(lead), (lead.space.slug, reverse("themes", args=(lead.space.slug,)))
    setting = reverse("silence_setting", args=(slug,))
    assert "Sans voix nouvelle depuis 6 mois" in browser.get(themes).content.decode()
    for wrong in ("0", "121", "", "trois"):
        answer = browser.post(setting, {"months": wrong})
        assert (answer.status_code, "id_months_error" in answer.content.decode()) == (422, True), wrong
    assert browser.post(setting, {"months": "18"}).headers["Location"] == themes
    page = browser.get(themes).content.decode()
    assert "Sans voix nouvelle depuis 18 mois" in page
    assert setting in page
    assert "Sans voix nouvelle depuis 3 mois" in browser.get(themes, {"mois": "3"}).content.decode()
    assert setting not in client_for(facilitator).get(themes).content.decode()
    assert "18 mois" in browser.get(reverse("space_settings", args=(slug,))).content.decode()
    assert silence_of(stranger.space) == 6, "of one space"
    with pytest.raises(Refused):
        set_silence(actor=facilitator, months=2)
    with pytest.raises(Invalid):
        set_silence(actor=lead, months=0)


@pytest.mark.parametrize("rows", [1, 20])
def test_pages_cost_the_same_whatever_the_rows(
    rows: int, lead: Actor, client_for: Browser, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        held(lead, TODAY - timedelta(days=n), SpeakerKind.MIXED, f"Une idée {n}")
    browser = client_for(lead)
    for name in ("compare", "themes"):
        with django_assert_max_num_queries(12):
            browser.get(reverse(name, args=(lead.space.slug,)))
