"""Signed links: one purpose, one subject, a last day; used or revoked, they say so."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as explore
from hypothesis import strategies as st

from comptoir.accounts import links
from comptoir.accounts.models import SignedLink
from comptoir.kit.errors import Gone
from comptoir.kit.ids import uuid7

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_subject_as_often_as_wanted() -> None:
    subject = uuid7()
    token = links.make("check-in", subject, days=30)
    for _ in range(3):
        assert links.read(token, "check-in").subject_id == subject
    assert str(subject) not in token
    assert subject.hex not in token


def test_a_link_is_unknown_for_another_purpose() -> None:
    with pytest.raises(Http404):
        links.read(links.make("check-in", uuid7(), days=30), "invitation")


def test_a_link_has_a_last_day_and_says_it() -> None:
    token = links.make("check-in", uuid7(), days=30)
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Gone, match=f"jusqu'au {timezone.localdate():%d/%m/%Y}"):
        links.read(token, "check-in")


def test_a_link_for_one_time_serves_once_even_clicked_twice() -> None:
    token = links.make("invitation", uuid7(), days=14)
    first, second = links.read(token, "invitation"), links.read(token, "invitation")
    links.use(first)
    with pytest.raises(Gone, match="déjà servi"):
        links.use(second)
    with pytest.raises(Gone, match="déjà servi"):
        links.read(token, "invitation")


def test_a_revoked_link_opens_nothing_and_the_others_stay() -> None:
    subject, other = uuid7(), uuid7()
    tokens = [links.make("check-in", subject, days=30) for _ in range(2)]
    kept = [links.make("check-in", other, days=30), links.make("invitation", subject, days=30)]
    opened = links.read(tokens[0], "check-in")
    assert links.revoke("check-in", subject) == 2
    for token in tokens:
        with pytest.raises(Gone, match="remplacé ou annulé"):
            links.read(token, "check-in")
    with pytest.raises(Gone):
        links.use(opened)
    assert links.read(kept[0], "check-in").subject_id == other
    assert links.read(kept[1], "invitation").subject_id == subject
    assert links.revoke("check-in", subject) == 0


@given(st.data())
@explore(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_token_with_one_character_changed_is_unknown(data: st.DataObject) -> None:
    token = links.make("check-in", uuid7(), days=30)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcdef0123456789._-").filter(lambda c: c.lower() != token[place].lower()))
    changed = token[:place] + other + token[place + 1 :]
    with pytest.raises(Http404):
        links.read(changed, "check-in")


@pytest.mark.parametrize("token", ["", ".", "a.b", "é", "0" * 4000, f"{'0' * 32}."])
def test_anything_else_is_unknown(token: str) -> None:
    with pytest.raises(Http404):
        links.read(token, "check-in")
