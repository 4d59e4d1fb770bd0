"""The proof on real matter: ten contracts of the national list, and inventions of the source synthesis carried on.

Skipped where the list or the synthesis is not beside the checkout: neither is copied into the repository.
"""

import html
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from comptoir.analysis.national_contracts import read_contracts
from comptoir.commitments.models import CheckInReply, CheckInRound, Commitment, Snapshot
from comptoir.commitments.reading import states_of
from comptoir.commitments.state import Label
from comptoir.contracts.actions.national import load_contracts
from comptoir.contracts.models import CityContract
from comptoir.demo.lives import (
    CHECK_INS,
    Life,
    carry_invention,
    give_lives,
    hold_check_ins,
    name_contact,
    prove_contacts,
)
from comptoir.spaces.models import Mail, MailState
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Statement
from comptoir.workshops.actions import confirm_import, receive, set_choices

SHARED = Path(__file__).parents[3] / "shared"
LIST = SHARED / "data" / "contrats_de_ville" / "contrats_2024.csv"
SEED = SHARED / "seed" / "synthese-2024-engagements-quartiers-2030.txt"
DAY = date(2026, 11, 26)

pytestmark = [pytest.mark.django_db]
needs_list = pytest.mark.skipif(not LIST.exists(), reason="the national list is not beside this checkout (../shared)")
needs_both = pytest.mark.skipif(
    not (LIST.exists() and SEED.exists()), reason="the list or the source document is not beside this checkout"
)


@pytest.fixture
def ten() -> list[CityContract]:
    """The first ten contracts of the published list, as `comptoir load-contracts` opens them."""
    load_contracts(read_contracts(LIST.read_bytes(), LIST.name)[:12])
    return list(CityContract.objects.exclude(published_code="").select_related("space").order_by("published_code")[:10])


def labels(commitments: list[Commitment], on: date = DAY) -> set[Label]:
    rows = list(Commitment.objects.filter(pk__in=[one.pk for one in commitments]).with_words())
    return {state.label for state in states_of(rows, on=on).values()}


def invention(life: Life, *words: str) -> Statement:
    found = Statement.objects.live().filter(space=life.lead.space, heading__kind=HeadingKind.INVENTION).with_words()
    return next(line for line in found if all(word in line.wording.lower() for word in words))


def bring_synthesis(life: Life) -> None:
    source = receive(actor=life.lead, content=SEED.read_bytes(), name=SEED.name, media_type="text/plain")
    set_choices(
        actor=life.lead, source=source, title=source.title, held_on=date(2024, 3, 5), speaker_kind="professionals",
        workshop=None, mapping={},
    )  # fmt: skip
    confirm_import(actor=life.lead, source=source, back_url="/", again=True)


@needs_list
@pytest.mark.slow
def test_ten_real_contracts_live_and_the_same_seed_gives_the_same_lives(ten: list[CityContract]) -> None:
    def told(life: Life) -> list[tuple[str, str]]:
        return [(one.signatory.organisation.name, one.text) for one in life.commitments]

    with transaction.atomic():
        (drawn,) = give_lives(ten[:1])
        first = told(drawn)
        transaction.set_rollback(True)
    lives = give_lives(ten)
    assert told(lives[0]) == first
    assert len({tuple(text for _, text in told(life)) for life in lives}) == 10, "no two lives are the same"
    assert len({life.contract.published_code for life in lives}) == 10
    assert [len(life.commitments) for life in lives] == [12] * 10
    assert Snapshot.objects.count() == 10
    assert CheckInRound.objects.exclude(closed_on=None).count() == 20
    spaces = {life.contract.space for life in lives}
    assert {reply.request.space for reply in CheckInReply.objects.select_related("request__space")} == spaces
    assert not Mail.objects.filter(state=MailState.QUEUED).exists(), "no letter leaves"
    found: set[Label] = set().union(*(labels(list(life.commitments)) for life in lives))
    assert {Label.KEPT, Label.TO_SPECIFY} <= found
    assert {Label.AMENDED, Label.NOT_DONE} & found


@needs_both
@pytest.mark.slow
def test_an_invention_of_the_source_becomes_kept_when_each_signatory_has_named_someone(
    ten: list[CityContract], client_for: Callable[..., Any]
) -> None:
    (life,) = give_lives(ten[:1])
    bring_synthesis(life)
    line = invention(life, "opérationnel", "signataire")
    made = carry_invention(life, line)
    assert {one.signatory_id for one in made} == {one.pk for one in life.signatories}, "one for every signatory"
    assert Label.KEPT not in labels(made)
    proved = prove_contacts(life, made, on=date(2026, 10, 1))
    assert 0 < len(proved) < len(made), "some have named nobody yet"
    assert Label.KEPT in labels(proved)
    assert Label.KEPT not in labels([one for one in made if one not in proved])
    chance = random.Random(1)
    waiting = [one for one in made if one not in proved]
    for one in waiting:
        name_contact(life.lead, one.signatory, chance)
    assert len(prove_contacts(life, waiting, on=date(2026, 11, 1))) == len(waiting)
    assert labels(made) == {Label.KEPT}, "kept when each has named one"
    _clicks(client_for(life.lead), life, line, made)


def _clicks(browser: Any, life: Life, line: Statement, made: list[Commitment]) -> None:
    """From the line to each commitment, and from the table back to the line, by links that are there."""
    slug = life.lead.space.slug
    board = line.heading.occasion.comptoir.workshop.code
    there = f"/{slug}/comptoirs/{board}/"
    page = browser.get(f"/{slug}/engagements/{made[0].code}/").content.decode()
    (back,) = set(re.findall(rf'href="(/{slug}/[\w/-]*{line.code}/)"', page))
    assert back.startswith(f"/{slug}/"), there
    on = browser.get(back).content.decode()
    table = browser.get(f"/{slug}/engagements/?q=contact").content.decode()
    for one in made:
        address = f"/{slug}/engagements/{one.code}/"
        assert address in on, "one click from the line to what it became"
        assert address in table, "one click from the table, one more to the line"
        assert back in browser.get(address).content.decode()


@needs_both
@pytest.mark.slow
def test_closer_check_ins_are_carried_from_the_line_to_the_check_ins_and_back(
    ten: list[CityContract], client_for: Callable[..., Any]
) -> None:
    (life,) = give_lives(ten[1:2])
    bring_synthesis(life)
    line = invention(life, "étape", "rapproch")
    made = carry_invention(life, line, CHECK_INS)
    chance = random.Random(2)
    for one in made:
        if not one.signatory.referents.on(DAY).exists():
            name_contact(life.lead, one.signatory, chance)
    held = [hold_check_ins(life, chance, on=day) for day in (date(2026, 9, 7), date(2026, 11, 2))]
    asked = {request.commitment_id for request in held[1].requests.all()}
    assert asked >= {one.pk for one in made}, "each signatory was asked where it stands"
    told = list(CheckInReply.objects.filter(commitment__in=made, request__round__in=held).order_by("pk"))
    assert len({reply.commitment_id for reply in told}) == len(made), "and each has answered"
    browser = client_for(life.lead)
    start = line_address(life, line)
    thread = clicked(browser, start, f"/fil/ligne/{line.code}/")
    for found in held:
        page = clicked(browser, thread, f"/points-d-etape/{found.code}/")  # two clicks: the check-in itself
        back = next(address for one in made if (address := link_on(browser, page, f"/engagements/{one.code}/")))
        assert clicked(browser, back, f"/lignes/{line.code}/") == start  # and two back to the line
    whole = clicked(browser, clicked(browser, start, f"/engagements/{made[0].code}/"), f"/engagement/{made[0].code}/")
    replies = clicked(browser, whole, f"/engagements/{made[0].code}/#replies")
    read = browser.get(replies).content.decode()
    assert 'id="replies"' in read
    assert all(reply.line in html.unescape(read) for reply in told if reply.commitment_id == made[0].pk)
    assert clicked(browser, replies, f"/lignes/{line.code}/") == start


def line_address(life: Life, line: Statement) -> str:
    return f"/{life.lead.space.slug}/comptoirs/{line.heading.occasion.comptoir.workshop.code}/lignes/{line.code}/"


def link_on(browser: Any, page: str, end: str) -> str:
    """The address of a link of this page that ends so; nothing when there is none."""
    found = re.findall(r'href="(/[^"]*)"', browser.get(page).content.decode())
    return next((address for address in found if address.endswith(end)), "")


def clicked(browser: Any, page: str, end: str) -> str:
    address = link_on(browser, page, end)
    assert address, f"no way from {page} to {end}"
    return address


def test_no_life_is_invented_outside_a_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="COMPTOIR_DEMO=1"):
        call_command("give_lives")
    settings.DEMO = True
    with pytest.raises(CommandError, match="load-contracts"):
        call_command("give_lives")
