"""A walk through the demonstration, in each role, by the links that pages show: no dead end, nothing that writes."""

from collections import Counter, deque
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import resolve
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.spaces.models import Space

EACH = 2  # pages visited per address of the map


def links(page: Any, here: str) -> tuple[list[str], list[str]]:
    """(addresses to read, addresses to post to) that a page shows."""
    read = [node.get("href") for node in page.iter("a")] + [node.get("hx-get") for node in page.xpath("//*[@hx-get]")]
    post = [
        *(form.get("action") or here for form in page.iter("form") if form.get("method", "get").lower() == "post"),
        *(node.get("hx-post") for node in page.xpath("//*[@hx-post]")),
        *(node.get("formaction") for node in page.xpath("//*[@formaction]")),
    ]
    # A form to be sent by its buttons only has no address of its own.
    bare = [form for form in page.iter("form") if form.get("id") and page.xpath(f"//*[@form='{form.get('id')}']")]
    if any(form.get("action") is None for form in bare):
        post = [url for url in post if url != here]
    return [urljoin(here, one) for one in read], [urljoin(here, one) for one in post]


def rule_of(url: str) -> Any:
    view: Any = resolve(urlsplit(url).path).func
    while view is not None and not hasattr(view, "rule"):
        view = getattr(view, "__wrapped__", None)
    return getattr(view, "rule", None)


def test_every_link_leads_somewhere_and_every_button_is_allowed(demo: Space, client_for: Any) -> None:
    memberships = Membership.objects.filter(space=demo).select_related("space", "person")
    visits = {Role(m.role): walk(Actor.of(m), client_for(Actor.of(m))) for m in memberships}
    assert set(visits) == set(Role)
    for role, seen in visits.items():
        assert seen["version"] > 0
        assert (seen["board"] > 0) == (role in {Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR})


def walk(actor: Actor, browser: Any) -> Counter[str]:
    """Number of pages seen of each address of the map."""
    waiting, seen, visits = deque([f"/{actor.space.slug}/"]), set(), Counter[str]()
    while waiting:
        url = waiting.popleft()
        name = str(resolve(urlsplit(url).path).url_name)
        if url in seen or visits[name] >= EACH:
            continue
        seen.add(url)
        visits[name] += 1
        answer = browser.get(url, follow=True)  # the client lints what it gets; a GET that writes raises
        assert answer.status_code == 200, (actor.role, url, answer.status_code)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        here = answer.request["PATH_INFO"]
        read, post = links(html.document_fromstring(answer.content.decode()), here)
        refused = [one for one in post if (rule := rule_of(one)) and not rule(actor)]
        assert refused == [], (actor.role, here)
        waiting.extend(one for one in read if one.startswith("/") and one.split("#")[0] != url)
    return visits
