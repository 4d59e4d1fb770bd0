"""The linter of pages finds what it is there to find: otherwise the silence of every other test means nothing."""

import pytest

from comptoir.accounts.models import Membership, Person
from page_lint import UNDEFINED, page_faults, unordered_lists

SOUND = """<!doctype html><html lang="fr"><head><title>Comptoirs</title><script src="/static/kit.js"></script></head>
<body><h1>Comptoirs</h1><form method="post"><input name="csrfmiddlewaretoken"><label for="a">Mot</label><input id="a">
</form><a href="#a">Plus bas</a><img src="data:image/png;base64," alt=""></body></html>"""


def test_a_sound_page_has_no_fault() -> None:
    assert page_faults(SOUND) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<p>{{ title }}</p>", "not rendered: {{"),
        ("<p>{% if x %}</p>", "not rendered: {%"),
        (UNDEFINED % "space.name", "undefined: space.name"),
        ("<script>start()</script>", "inline: <script>"),
        ("<style>p{color:red}</style>", "inline: <style>"),
        ('<p style="color:red"></p>', "inline style=: <p"),
        ('<p onclick="go()"></p>', "inline onclick=: <p"),
        ('<script src="https://cdn.exemple.fr/a.js"></script>', "fetched from elsewhere: <script"),
        ('<img src="//exemple.fr/a.png" alt="">', "fetched from elsewhere: <img"),
        ('<img src="/a.png">', "picture without alt: <img"),
        ('<a href="">ici</a>', "link to nowhere: <a"),
        ('<a href="javascript:go()">ici</a>', "link to nowhere: <a"),
        ('<form method="post"></form>', "form without its token: <form"),
        ('<p id="a"></p>', "id used twice: a"),
        ('<p aria-describedby="b"></p>', "aria-describedby= names no element: b"),
        ("<h1>Encore</h1>", "2 h1"),
    ],
)
def test_a_fault_is_named(wrong: str, said: str) -> None:
    faults = page_faults(SOUND.replace("</body>", f"{wrong}</body>"))
    assert [fault for fault in faults if fault.startswith(said)]


@pytest.mark.parametrize(
    ("part", "said"),
    [('lang="fr"', "no language"), ("<title>Comptoirs</title>", "no title"), ("<!doctype html>", "no doctype")],
)
def test_a_frame_that_lacks_something_is_named(part: str, said: str) -> None:
    assert said in page_faults(SOUND.replace(part, ""))


def test_a_fragment_needs_no_frame_but_keeps_the_other_rules() -> None:
    assert page_faults("<p>Bonjour</p>", fragment=True) == []
    assert page_faults('<p style="a">Bonjour</p>', fragment=True) != []


@pytest.mark.django_db
def test_a_list_without_an_order_is_seen() -> None:
    for name in ("a", "b"):
        Person.objects.create_user(email=f"{name}@exemple.fr", name=name)
    with unordered_lists() as found:
        list(Person.objects.order_by("email"))
        list(Membership.objects.all())
        Person.objects.get(email="a@exemple.fr")
        assert found == []
        list(Person.objects.all())
        list(Person.objects.values_list("name", flat=True))
    assert len(found) == 2
