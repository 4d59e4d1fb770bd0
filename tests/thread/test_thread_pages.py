"""The pages of the thread: what each role reads there, what it costs, what the picture and the list say."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.thread import suggestions
from comptoir.thread.declared import HOUSE
from comptoir.thread.models import Citation, Unrelated
from comptoir.thread.picture import draw
from comptoir.thread.reading import trace
from comptoir.thread.said import UNPUBLISHED
from comptoir.voices.rules import HEAR_RAW

HOME = "/val-clair/fil/"


@pytest.fixture(autouse=True)
def nothing_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "_read", suggestions.OrderedDict())


def read(browser: Any, url: str) -> Any:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return html.fromstring(answer.content.decode())


def all_of(node: Any, selector: str) -> list[Any]:
    """What `tag.class`, `#id`, `tag[name=value]`, one in another, find."""
    path = ""
    for part in selector.split():
        tag, mark, name, key, value = re.fullmatch(r"(\w*)(?:([.#])([\w-]+))?(?:\[(\w+)=(\w+)\])?", part).groups()  # type: ignore[union-attr]  # ours
        path += f".//{tag or '*'}" if not path else f"//{tag or '*'}"
        if mark == "#":
            path += f"[@id='{name}']"
        elif mark:
            path += f"[contains(concat(' ', @class, ' '), ' {name} ')]"
        if key:
            path += f"[@{key}='{value}']"
    return list(node.xpath(path))


def words(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content().replace("\u00a0", " ")).strip()


def test_the_list_says_all_that_the_picture_says(woven: Any, client_for: Any) -> None:
    page = read(client_for(woven.lead), f"{HOME}engagement/{woven.commitment.code}/")
    listed = [words(item) for item in all_of(page, ".trace-list li")]
    drawn = draw(trace(woven.lead, ("engagement", woven.commitment.pk)))
    boxes = [box for box in drawn.boxes if box.number]
    assert len(listed) == len(boxes) == len(all_of(page, ".trace__box"))
    for box in boxes:
        label = " ".join(line.text for line in box.small).replace("\u00a0", " ")
        text = " ".join(line.text for line in box.words).replace("\u00a0", " ")
        (item,) = [item for item in listed if re.match(rf"(Ici · )?{box.number}\. ", item)]
        assert label in item
        assert text.removesuffix(" …") in item
    assert len(all_of(page, ".trace__link")) == len(drawn.curves)
    onward = {n for _, listed, _ in drawn.sections for one in listed for n in one.onward}
    assert onward <= {box.number for box in boxes}
    assert sum(len(one.onward) for _, listed, _ in drawn.sections for one in listed) == len(drawn.curves)


def test_the_picture_has_no_style_and_its_links_are_not_twice_in_the_way_of_the_keyboard(
    woven: Any, client_for: Any
) -> None:
    page = read(client_for(woven.lead), f"{HOME}ligne/{woven.bench.code}/")
    (svg,) = all_of(page, "svg.trace__picture")
    assert svg.get("aria-hidden") == "true"
    assert {link.get("tabindex") for link in all_of(svg, "a")} == {"-1"}
    assert [node for node in svg.iter() if node.get("style") or node.get("fill")] == []
    urls = {link.get("href") for link in all_of(svg, "a")}
    assert urls == {link.get("href") for link in all_of(page, ".trace-list a")}


def test_boxes_of_a_column_never_overlap_and_lines_pass_between_them(woven: Any) -> None:
    for n in range(9):
        line = woven.note(f"Une chose assez longue à dire pour prendre plusieurs lignes, la {n}e du jour", n + 1)
        woven.link(woven.commitment, line)
    drawn = draw(trace(woven.lead, ("engagement", woven.commitment.pk)))
    by_column: dict[int, list[Any]] = {}
    for box in drawn.boxes:
        by_column.setdefault(box.x, []).append(box)
        assert box.y >= 0
        assert box.y + box.height <= drawn.height
        assert max(line.y for line in (*box.small, *box.words)) < box.y + box.height
    assert len(by_column) == len(drawn.heads)
    for boxes in by_column.values():
        boxes.sort(key=lambda box: box.y)
        assert all(a.y + a.height < b.y for a, b in pairwise(boxes))
    for curve in drawn.curves:
        for x, y, to_x in re.findall(r"(\d+) (\d+) H(\d+)", curve):
            inside = [box for box in by_column[int(x)] if box.y <= int(y) <= box.y + box.height]
            assert inside == []
            assert int(to_x) > int(x)


@pytest.mark.parametrize("role", [Role.READER, Role.COUNCIL_MEMBER, Role.REFERENT, Role.ELECTED_OFFICIAL])
def test_no_raw_word_is_anywhere_on_the_pages_of_those_who_do_not_hear_them(
    woven: Any, member: Any, client_for: Any, role: Role
) -> None:
    browser = client_for(member(role))
    objective = f"/val-clair/contrat/{woven.contract.code}/objectifs/{woven.objective.code}/"
    for url in (
        HOME, objective, f"/val-clair/engagements/{woven.commitment.code}/",
        *(f"{HOME}{kind}/{woven.masked.code}/" for kind in ("ligne", "parole")),
        *(f"{HOME}{kind}/{woven.secret.code}/" for kind in ("ligne", "parole")),
        f"{HOME}engagement/{woven.commitment.code}/", f"{HOME}objectif/{woven.objective.code}/",
        f"{HOME}piece/{woven.proof.code}/", f"{HOME}promesse/{woven.promise.code}/",
    ):  # fmt: skip
        assert "zinnia" not in words(read(browser, url)), url
    assert "Une fleur" in words(read(browser, objective))


def test_what_cannot_be_seen_is_not_there(woven: Any, reader: Any, client_for: Any) -> None:
    draft, private = woven.reply(woven.masked, published=False), woven.promised("Entre nous", published=False)
    browser = client_for(reader)
    for path in (
        f"reponse/{draft.code}", f"promesse/{private.code}", "ligne/inconnue", "rumeur/x", "decision/x",
        "a-relier/personnes",
    ):  # fmt: skip
        assert browser.get(f"{HOME}{path}/").status_code in {403, 404}
    assert client_for(woven.lead).get(f"{HOME}a-relier/personnes/").status_code == 404


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.EVALUATOR, Role.REFERENT, Role.READER])
def test_every_piece_that_has_a_page_opens_it(woven: Any, member: Any, client_for: Any, role: Role) -> None:
    """A visitor clicks each: the page opens, and the place in it that the address names is there."""
    woven.reply(woven.secret, "Pas avant l'hiver")
    actor = member(role)
    browser, opened = client_for(actor), {}
    for name, kind in HOUSE.things.items():
        for row in kind.rows(actor).order_by("pk"):
            code = row.pk if kind.found_by == "pk" else kind.rows(actor).values_list(kind.found_by).get(pk=row.pk)[0]
            for item in all_of(read(browser, f"{HOME}{name}/{code}/"), ".trace-list li"):
                if "is-open" in item.get("class", ""):
                    continue
                said = words(item)
                for url in [link.get("href") for link in all_of(item, "a")] or [""]:
                    opened[said.split(". ", 1)[1].split(" Mène à")[0]] = url
    without = [said for said, url in opened.items() if not url]
    for url in filter(None, opened.values()):
        path, _, part = url.partition("#")
        page = read(browser, path)
        assert not part or page.xpath(f"//*[@id='{part}']"), url
    there = " ".join(set(opened) - set(without))
    for said in (
        "Ce sera au printemps", "Des assises avant l'été", "Poser dix assises", "Le banc posé", "Cinq assises",
        "Le devis est signé",
    ):  # fmt: skip
        assert said in there
    if role in HEAR_RAW:
        assert without == []
    else:  # words that this reader may not open, and what was answered to them
        assert [one for one in without if UNPUBLISHED not in one and "Pas avant l'hiver" not in one] == []


@pytest.mark.parametrize("many", [1, 20])
def test_pages_cost_as_many_questions_whatever_the_rows(woven: Any, member: Any, client_for: Any, many: int) -> None:
    for n in range(many):
        line, commitment = woven.note(f"Poser une assise {n}"), woven.commit(f"Poser une assise {n}", woven.objective)
        woven.link(woven.commitment, line)
        woven.link(commitment, woven.bench)
        woven.commit(f"Repeindre {n}")
        woven.note(f"Repeindre le hall {n}")
    browsers = client_for(woven.lead), client_for(member(Role.READER))
    paths = [
        "", f"engagement/{woven.commitment.code}/", f"ligne/{woven.bench.code}/", f"piece/{woven.proof.code}/",
        f"nouvelle/{woven.told.pk}/", f"parole/{woven.bench.code}/", f"objectif/{woven.objective.code}/",
    ]  # fmt: skip
    team = [
        f"point-d-etape/{woven.round.code}/",
        "a-relier/engagements/", "a-relier/lignes/", "a-relier/objectifs/",
        f"a-relier/engagements/{woven.commitment.code}/", f"a-relier/lignes/{woven.bench.code}/",
        f"a-relier/objectifs/{woven.objective.code}/",
    ]  # fmt: skip
    for browser, asked in zip(browsers, (paths + team, paths), strict=True):
        for path in asked:
            browser.get(f"{HOME}{path}")
            with CaptureQueriesContext(connection) as found:
                assert browser.get(f"{HOME}{path}").status_code == 200
            assert len(found) <= 12, (path, [one["sql"][:140] for one in found])


def test_each_measure_is_defined_on_the_page_twice(woven: Any, client_for: Any) -> None:
    """Where one hovers, and in the text."""
    page = read(client_for(woven.lead), HOME)
    terms = [words(one) for one in all_of(page, ".definition")]
    notes = [words(one) for one in all_of(page, ".definition-note")]
    told = [words(one) for one in all_of(page, "#definitions dt")]
    assert len(terms) == 5
    assert sorted(terms) == sorted(told)
    assert sorted(notes) == sorted(words(one) for one in all_of(page, "#definitions dd"))
    assert "dit 8 fois en tout" in words(page)
    assert "100 %" in words(all_of(page, ".trace-measures")[0])


def test_who_speaks_is_told_to_those_who_hear_raw_notes_alone(woven: Any, member: Any, client_for: Any) -> None:
    captions = {
        role: [words(one) for one in all_of(read(client_for(member(role)), HOME), "caption")]
        for role in (Role.EVALUATOR, Role.READER)
    }
    assert captions == {Role.EVALUATOR: ["Selon qui parle", "Selon de qui on parle"], Role.READER: []}


def test_measures_are_narrowed_to_a_contract_or_a_neighbourhood_of_ones_own(woven: Any, client_for: Any) -> None:
    browser = client_for(woven.lead)
    page = read(browser, f"{HOME}?contrat={woven.contract.code}")
    assert "Engagements de « Contrat de Val-Clair »" in words(page)
    for asked in ("contrat=inconnu", "quartier=QN99999M"):
        assert browser.get(f"{HOME}?{asked}").status_code == 404


def test_an_empty_space_says_where_to_begin(lead: Any, reader: Any, client_for: Any) -> None:
    assert "Coller ou importer des notes" in words(read(client_for(lead), HOME))
    assert "Rien n'a encore été noté" in words(read(client_for(reader), HOME))


def test_two_clicks_link_a_commitment_and_a_refusal_is_remembered(woven: Any, client_for: Any) -> None:
    line, commitment = woven.note("Rouvrir le local"), woven.commit("Rouvrir le local de la tour")
    browser = client_for(woven.lead)
    (first,) = all_of(read(browser, f"{HOME}a-relier/engagements/"), "tbody a")
    page = read(browser, first.get("href"))
    assert "Rouvrir le local" in words(all_of(page, "#near")[0].getparent())
    sent = {"commitment": commitment.code, "line": line.code}
    answer = browser.post(f"{HOME}a-relier/relier/", {**sent, "verb": "non"}, follow=True)
    assert "ce lien ne sera plus proposé" in answer.content.decode()
    assert Unrelated.objects.get().statement == line
    assert "1 lien écarté" in words(html.fromstring(answer.content.decode()))
    browser.post(f"{HOME}a-relier/relier/", {**sent, "verb": "encore"})
    answer = browser.post(f"{HOME}a-relier/relier/", {**sent, "verb": "relier"}, follow=True)
    assert "Relié." in answer.content.decode()
    assert "Déjà relié" in answer.content.decode()
    assert browser.get(f"{HOME}a-relier/engagements/").content.decode().count(commitment.code) == 0
    answer = browser.post(f"{HOME}a-relier/relier/", {**sent, "verb": "enlever", "from": "line"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{HOME}a-relier/lignes/{line.code}/"
    assert "Déjà relié" not in answer.content.decode()


def test_an_objective_says_where_it_comes_from(woven: Any, client_for: Any) -> None:
    browser, url = client_for(woven.lead), f"{HOME}a-relier/objectifs/{woven.objective.code}/"
    assert "Aucune ligne ne contient" in words(read(browser, f"{url}?q=introuvable"))
    found = read(browser, f"{url}?q=ombre")
    (line,) = [one for one in all_of(found, "input[name=line]") if one.get("value") != woven.masked.code]
    assert line.get("value") == woven.bench.code
    browser.post(f"{url}citer/", {"line": woven.bench.code, "verb": "relier"})
    assert Citation.objects.filter(statement=woven.bench, withdrawn_at=None).exists()
    answer = browser.post(f"{url}citer/", {"line": woven.bench.code, "verb": "enlever"}, follow=True)
    assert "Lien enlevé." in answer.content.decode()
    assert not Citation.objects.filter(statement=woven.bench, withdrawn_at=None).exists()


def test_the_lists_are_files_too(woven: Any, client_for: Any) -> None:
    woven.note("Des arbres", 4)
    answer = client_for(woven.lead).get(f"{HOME}a-relier/lignes/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert re.search(r"Des arbres[;,]4[;,]Comptoir à relire", text)


def test_each_lower_page_leads_to_the_thread(woven: Any, client_for: Any) -> None:
    browser = client_for(woven.lead)
    base = f"/val-clair/comptoirs/{woven.workshop.code}"
    for url, there in (
        (f"{base}/lignes/{woven.bench.code}/", f"ligne/{woven.bench.code}"),
        (f"{base}/synthese/1/lignes/{woven.bench.code}/", f"ligne/{woven.bench.code}"),
        (f"/val-clair/engagements/{woven.commitment.code}/", f"engagement/{woven.commitment.code}"),
        (f"/val-clair/contrat/{woven.contract.code}/objectifs/{woven.objective.code}/",
         f"objectif/{woven.objective.code}"),
    ):  # fmt: skip
        links = [a.get("href") for a in all_of(read(browser, url), "a") if words(a) == "Tout le fil"]
        assert links == [f"{HOME}{there}/"], url
