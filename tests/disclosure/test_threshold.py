"""The threshold of a space: set by its lead, never below three, noted in the journal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.disclosure.actions import set_threshold
from comptoir.disclosure.models import threshold_of
from comptoir.kit.errors import Invalid, Refused


def test_the_usual_threshold_is_eleven_and_the_lead_changes_it(lead: Actor, stranger: Actor) -> None:
    assert threshold_of(lead.space) == 11
    set_threshold(actor=lead, threshold=20)
    set_threshold(actor=lead, threshold=15)
    assert (threshold_of(lead.space), threshold_of(stranger.space)) == (15, 11)
    assert Entry.objects.filter(action="disclosure.set_threshold").count() == 2


def test_only_the_lead_sets_it_and_never_too_low(lead: Actor, facilitator: Actor) -> None:
    with pytest.raises(Refused):
        set_threshold(actor=facilitator, threshold=20)
    for wrong in (0, 2, 1001):
        with pytest.raises(Invalid):
            set_threshold(actor=lead, threshold=wrong)


def test_the_page_says_what_is_wrong(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    address = reverse("disclosure_threshold", args=(lead.space.slug,))
    response = client_for(lead).post(address, {"threshold": "2"})
    assert response.status_code == 422
    assert "au moins 3" in response.content.decode()
    assert client_for(lead).post(address, {"threshold": "5"}).status_code == 302
    assert threshold_of(lead.space) == 5
