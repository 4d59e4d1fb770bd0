"""Limits: counted in the database, by digests that change every day, and one sentence that says how long to wait."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import RequestFactory
from django.utils import timezone

from comptoir.kit.errors import TooMany, status_of
from comptoir.spaces import limits
from comptoir.spaces.limits import Limit
from comptoir.spaces.models import Attempt

pytestmark = pytest.mark.django_db
THREE = Limit("essai", 3, timedelta(minutes=10))


def earlier(minutes: float) -> None:
    for attempt in Attempt.objects.all():
        attempt.started_at -= timedelta(minutes=minutes)
        attempt.save()


def test_the_try_too_many_is_refused_and_says_how_long_to_wait() -> None:
    for _ in range(3):
        limits.spend(THREE, "ama")
    with pytest.raises(TooMany, match=r"^Trop d'essais : réessayez dans 10\xa0minutes\.$") as refused:
        limits.spend(THREE, "ama")
    assert status_of(refused.value) == 429
    earlier(9.5)
    with pytest.raises(TooMany, match=r"dans 1\xa0minute\."):
        limits.spend(THREE, "ama")
    assert Attempt.objects.get().count == 3, "asking again does not make the wait longer"


def test_another_key_and_another_purpose_have_their_own_count() -> None:
    for _ in range(3):
        limits.spend(THREE, "ama")
    limits.spend(THREE, "ilan")
    limits.spend(Limit("autre", 1, timedelta(minutes=10)), "ama")
    assert Attempt.objects.count() == 3


def test_the_count_starts_again_after_the_wait_or_when_it_went_well() -> None:
    for _ in range(3):
        limits.spend(THREE, "ama")
    earlier(10)
    limits.spend(THREE, "ama")
    assert Attempt.objects.get().count == 1
    limits.forgive(THREE, "ama")
    assert not Attempt.objects.exists()


def test_nothing_kept_names_anybody_and_old_counts_are_forgotten() -> None:
    limits.spend(THREE, "ama@exemple.fr")
    kept = Attempt.objects.get()
    assert "ama" not in kept.key
    assert len(kept.key) == 32
    Attempt.objects.update(started_at=timezone.now() - timedelta(days=3))
    limits.spend(THREE, "ilan@exemple.fr")
    assert Attempt.objects.get().key != kept.key


@pytest.mark.parametrize(
    ("https", "seen", "forwarded", "key"),
    [
        (False, "192.0.2.7", "198.51.100.1", "192.0.2.7"),  # nobody of ours wrote that header
        (True, "127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the last one is our proxy's word
        (True, "127.0.0.1", None, "127.0.0.1"),
        (False, "2001:db8:1:2:3::9", None, "2001:db8:1:2::/64"),
        (False, "n'importe quoi", None, "n'importe quoi"),
    ],
)
def test_an_address_is_what_our_own_machines_saw(
    settings: LazySettings, https: bool, seen: str, forwarded: str | None, key: str
) -> None:
    settings.HTTPS = https
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert limits.address(RequestFactory().get("/", REMOTE_ADDR=seen, headers=headers)) == key
