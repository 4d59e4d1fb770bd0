"""Closed by default: every address goes through its rule, but for a short list written here."""

import re
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.spaces.models import RESERVED_SLUGS, Space

# Open to everyone, with the reason. Static files are answered before Django looks for an address.
OPEN = {
    "health": "asked by machines that watch the service; says nothing of anybody",
    "gallery": "exists in development, tests and demonstrations only",
    "sign_in": "the door itself",
    "sign_in_code": "the door itself, by an e-mailed code",
    "sign_in_code_check": "the door itself, by an e-mailed code",
    "second_factor": "the second door, for whoever has passed the first less than ten minutes ago",
    "passkey_ask": "the door itself, by a passkey",
    "passkey_sign_in": "the door itself, by a passkey",
    "invitation": "opened by its signed link",
}
# Of a space, for whoever holds the link of a letter (commitments.views.asked): tests/commitments/test_check_in_links.
BY_LINK = {
    "check_in": "what was asked of the person who got it, nothing else",
    "check_in_question": "the same",
    "check_in_thanks": "the same",
    "check_in_forward": "the same",
    "check_in_look": "the same",
    "check_in_logo": "the same",
    # For everybody, once this survey was opened (participation.views.answered): tests/participation
    "survey_answer": "the questions of one survey, without account",
    "survey_thanks": "that an answer has arrived",
    "survey_look": "the colours of a space that has opened a survey",
}
# Of a space, for everybody once it has opened its public page (portal.public.frame): tests/web/test_public_doors
PUBLIC = {
    "public_page": "what was said and published, answered, decided",
    "public_said": "the published lines",
    "public_commitments": "the last table that a body validated",
    "public_follow_up": "one's own words, by a code, within a limit of tries",
    "public_plain": "an evaluation in plain words, once the team published it",
    "public_poster": "the same, on paper",
    "public_look": "the colours of the page",
    "public_logo": "its logo",
}
# For whoever has signed in, outside any space.
PERSONAL = {
    "home": "one's own spaces",
    "sign_out": "leaving",
    "account": "one's own account",
    "account_confirm": "proving again who one is",
    "account_password": "one's own password",
    "account_close": "closing one's own account",
    "session_close": "one's own sessions",
    "factors": "one's own second factors",
    "factor_app": "one's own application",
    "factor_app_remove": "one's own application",
    "recovery_codes": "one's own recovery codes",
    "passkey_new": "one's own passkeys",
    "passkey_add": "one's own passkeys",
    "passkey_remove": "one's own passkeys",
    "neighbourhoods": "public data: the priority neighbourhoods of the country",
    "neighbourhood": "public data: one of them",
    "neighbourhood_map": "public data: their outlines",
    "map_background": "public data: outlines of departments",
    "territory_sources": "the host's own rule (territories.rules.may_load)",
    "territory_source_load": "the host's own rule (territories.rules.may_load)",
    "territory_job": "the host's own rule (territories.rules.may_load)",
}
# For those who have a role on the whole instance; everybody else sees that nothing exists.
INSTANCE = {
    "instance_spaces": "the host",
    "instance_open": "the host",
    "instance_close": "the host",
    "instance_space": "the host",
    "instance_invitation": "the host",
    "instance_followed": "the resource centre",
}


def entries(patterns: Any = None, before: str = "") -> Any:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from entries(entry.url_patterns, before + str(entry.pattern))
        else:
            yield entry, before + str(entry.pattern)


ADDRESSES: dict[str, tuple[URLPattern, str]] = {str(entry.name): (entry, route) for entry, route in entries()}


def unwrapped(view: Any) -> Any:
    """The view and what its decorators wrap, outermost first."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def rule_of(view: Any) -> Any:
    return next((layer.rule for layer in unwrapped(view) if hasattr(layer, "rule")), None)


def test_every_address_has_a_name_of_its_own() -> None:
    found = list(entries())
    assert len(found) == len(ADDRESSES) > 30
    assert "None" not in ADDRESSES


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_an_address_is_closed_unless_listed_here(name: str) -> None:
    entry, route = ADDRESSES[name]
    signed_in = getattr(entry.callback, "login_required", True)
    assert signed_in == (name not in {*OPEN, *BY_LINK, *PUBLIC})
    listed = {*OPEN, *BY_LINK, *PUBLIC, *PERSONAL, *INSTANCE}
    assert (rule_of(entry.callback) is None) == (name in listed)
    guards = [layer for layer in unwrapped(entry.callback) if hasattr(layer, "instance_rule")]
    assert bool(guards) == (name in INSTANCE)
    in_space = rule_of(entry.callback) is not None or name in {*BY_LINK, *PUBLIC}
    assert in_space == route.startswith("<slug:slug>/")
    assert (name in PUBLIC) == route.startswith("<slug:slug>/public/")


def test_every_rule_says_in_words_what_it_allows() -> None:
    """Its docstring is the rule; at least the project lead passes, or nobody could ever open the page."""
    lead = Actor(None, "Ama", Space(slug="a"), Role.PROJECT_LEAD)
    for name, (entry, _) in ADDRESSES.items():
        rule = rule_of(entry.callback)
        if rule:
            assert (rule.__doc__ or "").strip(), name
            assert rule(lead) is True, name


def test_every_view_says_which_methods_it_answers() -> None:
    """`require_safe`, `require_POST` or `require_http_methods` around `in_space`, or the methods of a class."""
    for name, (entry, _) in ADDRESSES.items():
        view = entry.callback
        if not hasattr(view, "view_class"):
            layers = [layer.__code__.co_freevars for layer in unwrapped(view) if hasattr(layer, "__code__")]
            assert any("request_method_list" in names for names in layers), name


def test_no_space_can_take_an_address_of_the_house() -> None:
    first = {route.split("/")[0] for _, route in ADDRESSES.values()}
    words = {part for part in first if re.fullmatch(r"[a-z-]+", part)}
    assert words == {"sante", "composants", "connexion", "deconnexion", "compte", "instance", "quartiers"}
    assert words | {"static"} <= RESERVED_SLUGS
