"""« Où en est ma demande ? ». Cites docs/concepts/page-publique.md: « Le code de suivi »."""

from typing import Any

import pytest

from comptoir.keeping.erasing import TOMBSTONE, erase_words
from comptoir.portal.public.views import BY_ADDRESS, BY_SPACE
from comptoir.spaces.limits import spend
from comptoir.voices import actions as voices
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
URL = "/val-clair/public/suivi/"


def ask(code: str, url: str = URL) -> str:
    answer = LintingClient().post(url, {"code": code})
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def test_a_code_opens_ones_words_and_what_they_became(world: Any) -> None:
    kept, mine = world.note("Ouvrir la salle le soir", tally=3), world.note("j'aimerais la salle après 18 h")
    world.note("Quelqu'un d'autre a dit cela")
    voices.gather(actor=world.lead, kept=kept, absorbed=mine)
    code = world.code(mine)
    text = ask(code)
    assert "après 18 h" in text
    assert "pas encore publiée" in text
    assert "Ouvrir la salle le soir" not in text, "not published: the words of others"
    world.publish()
    world.answer(kept, "not_now", reasons="Pas avant mars")
    world.answer(kept, published=False, reasons="Un brouillon")
    world.commit("Ouvrir la salle deux soirs", kept)
    world.freeze()
    text = ask(code)
    assert "Ouvrir la salle le soir" in text
    assert "dit 4" in text
    assert "Pas maintenant" in text
    assert "Pas avant mars" in text
    assert "Ouvrir la salle deux soirs" in text
    assert "Un brouillon" not in text
    assert "autre a dit" not in text


def test_several_answers_are_told_the_latest_first(world: Any) -> None:
    line = world.note("La salle le soir")
    world.answer(line, "not_now", reasons="Pas avant mars")
    world.answer(line, "adopted", reasons="C'est ouvert", decided_on=world.workshop.held_on)
    text = ask(world.code(line))
    assert text.index("est ouvert") < text.index("Les réponses d") < text.index("Pas avant mars")


def test_erased_words_are_not_shown_and_their_count_stays(world: Any) -> None:
    line = world.note("Mme Roudier du hall C m'a dépannée", tally=2)
    code = world.code(line)
    world.publish("Roudier")
    erase_words(world.lead.space, line.code, do=True)
    text = ask(code)
    assert "Ces mots ont été effacés" in text
    assert "Roudier" not in text
    assert "dépannée" not in text
    assert "dit 2" in text
    assert TOMBSTONE in text
    assert "dépannée" not in LintingClient().get("/val-clair/public/").content.decode(), "its public copy neither"


@pytest.mark.parametrize("typed", ["", "BCDFGH", "bonjour", "12", "<script>alert(1)</script>"], ids=str)
def test_a_wrong_code_gets_one_sentence_and_what_was_typed(world: Any, typed: str) -> None:
    answer = LintingClient().post(URL, {"code": typed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.count("rien ici : relisez les six lettres") == 1
    assert "Ce que vous avez dit" not in text
    assert "<script>alert" not in text


def test_tries_are_limited_by_address_and_the_right_code_is_not_told_then(world: Any) -> None:
    code = world.code(world.note("La salle le soir"))
    for _ in range(BY_ADDRESS.most):
        assert LintingClient().post(URL, {"code": "BCDFGH"}).status_code == 422
    answer = LintingClient().post(URL, {"code": code})
    assert answer.status_code == 429
    assert "La salle le soir" not in answer.content.decode()
    assert "réessayez" in answer.content.decode()
    elsewhere = LintingClient(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(URL, {"code": code}).status_code == 200


def test_tries_are_limited_for_a_space_too(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.code(world.note("La salle le soir"))
    for _ in range(BY_SPACE.most):
        spend(BY_SPACE, str(world.lead.space.pk))
    assert LintingClient().post(URL, {"code": code}).status_code == 429


def test_a_right_code_does_not_give_tries_back(world: Any) -> None:
    """Whoever has one slip cannot use it to go on guessing."""
    code = world.code(world.note("La salle le soir"))
    for _ in range(BY_ADDRESS.most // 2):
        ask(code)
        LintingClient().post(URL, {"code": "BCDFGH"})
    assert LintingClient().post(URL, {"code": "BCDFGH"}).status_code == 429


def test_the_code_of_another_space_opens_nothing_here(world: Any, stranger: Any) -> None:
    from comptoir.portal.public.actions import set_public_page

    code = world.code(world.note("La salle le soir"))
    set_public_page(actor=stranger, opened=True)
    assert LintingClient().post("/autre-rive/public/suivi/", {"code": code}).status_code == 422


def test_the_page_speaks_english_and_keeps_the_words(world: Any) -> None:
    code = world.code(world.note("La salle le soir"))
    text = ask(code, f"{URL}?langue=en")
    assert "What you said" in text
    assert "La salle le soir" in text
    assert "No answer yet" in text


def test_a_code_in_the_address_opens_nothing(world: Any) -> None:
    """It would stay in histories and logs: only the form asks."""
    code = world.code(world.note("La salle le soir"))
    assert "La salle le soir" not in LintingClient().get(f"{URL}?code={code}").content.decode()


def test_slips_are_printed_for_those_who_spoke(world: Any, client_for: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        world.note(f"Une idée, la {n}e")
    browser = client_for(world.lead)
    give, sheet = (f"/val-clair/codes/{world.workshop.code}/{end}" for end in ("donner/", ""))
    assert "n'en a pas encore" not in browser.get(sheet).content.decode()
    assert browser.post(give, follow=True).status_code == 200
    with django_assert_max_num_queries(12):
        shown = browser.get(sheet).content.decode()
    assert shown.count('class="slip-code"') == 24
    assert browser.get(f"{sheet}?tout=1").content.decode().count('class="slip-code"') == 30
    line = world.note("Une de plus")
    browser.post(give, {"ligne": line.code})
    page = browser.get(f"/val-clair/comptoirs/{world.workshop.code}/lignes/{line.code}/").content.decode()
    assert f"/val-clair/codes/ligne/{line.code}/" in page
    shown = browser.get(f"/val-clair/codes/ligne/{line.code}/").content.decode()
    assert shown.count('class="slip-code"') == 1
    assert world.code(line) in shown
