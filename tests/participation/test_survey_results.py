"""What a survey says: published once, with its silences; free words that join the comptoirs."""

import re
from typing import Any

import pytest
from surveyed import answered, opened, questions, stopped, today

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.disclosure.actions import set_threshold
from comptoir.kit.errors import Conflict, Refused
from comptoir.participation import actions
from comptoir.participation.models import Survey, SurveyCount, SurveyWord
from comptoir.participation.reading import changed, results_of
from comptoir.voices.models import Verbatim

pytestmark = pytest.mark.django_db


def full(lead: Actor) -> Survey:
    """21 answers: 14 say yes, of whom 8 often; 12 say better, 7 the same, 2 worse."""
    survey = opened(lead)
    for n in range(21):
        change = 0 if n < 12 else 1 if n < 19 else 2
        answered(survey, int(n >= 14), int(n >= 8) if n < 14 else None, change, words=f"Parole {n}" if n < 3 else "")
    return survey


def test_nothing_but_their_number_is_shown_before_counts_are_stopped(lead: Actor, client_for: Any) -> None:
    survey = full(lead)
    browser, url = client_for(lead), f"/val-clair/enquetes/{survey.code}/resultats/"
    page = browser.get(url).content.decode()
    assert "21\xa0réponses reçues" in page
    assert "Souvent" not in page
    assert changed(questions(survey)[2]).reason == "les comptes ne sont pas encore arrêtés"
    answer = browser.post(f"/val-clair/enquetes/{survey.code}/arreter/")
    assert "/travaux/" in answer.headers["Location"]
    assert "se préparent" in browser.get(url).content.decode()
    actions.write_counts(survey.pk)
    assert "Souvent" in browser.get(url).content.decode()


def test_results_are_those_of_the_answers_and_do_not_move(lead: Actor) -> None:
    set_threshold(actor=lead, threshold=5)
    survey = stopped(lead, full(lead))
    first, second, third = results_of(survey).told
    assert [(row.label, row.number, row.share) for row in first.rows] == [
        ("Oui", 14, 67), ("Non", 7, 33), ("Sans réponse", 0, 0),
    ]  # fmt: skip
    assert (second.asked, [row.number for row in second.rows]) == (14, [8, 6, 0])
    assert second.condition == "Seulement si vous avez répondu « Oui » à la question 1."
    numbers = [row.number for row in third.rows]
    assert numbers[2] is None  # two persons
    assert numbers.count(None) >= 2
    set_threshold(actor=lead, threshold=20)
    actions.write_counts(survey.pk)
    assert [row.number for row in results_of(survey).told[2].rows] == numbers


def test_evaluation_reads_better_same_and_worse_or_why_it_may_not(lead: Actor) -> None:
    set_threshold(actor=lead, threshold=3)
    survey = opened(lead)
    for n in range(20):
        answered(survey, 0, None, 0 if n < 12 else 1 if n < 17 else 2)
    found = changed(questions(stopped(lead, survey))[2])
    assert (found.better, found.same, found.worse, found.unknown, found.reason) == (12, 5, 3, 0, "")
    with pytest.raises(ValueError, match="ce qui a changé"):
        changed(questions(survey)[0])
    few = opened(lead, title="Trop peu")
    answered(few, 0, None, 1)
    few = stopped(lead, few)
    silent = changed(questions(few)[2])
    assert (silent.same, silent.reason) == (None, "moins de 3 réponses")


def test_fewer_answers_than_the_threshold_say_only_their_number(lead: Actor, reader: Actor, client_for: Any) -> None:
    survey = opened(lead)
    for _ in range(4):
        answered(survey, 0)
    survey = stopped(lead, survey)
    assert not SurveyCount.objects.exists()
    page = client_for(reader).get(f"/val-clair/enquetes/{survey.code}/resultats/").content.decode()
    assert "4\xa0réponses" in page
    assert "Trop peu de réponses" in page
    assert "Il en faut 11" in page


def test_the_page_explains_its_silences_and_the_list_leaves_with_them(
    lead: Actor, reader: Actor, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    set_threshold(actor=lead, threshold=5)
    survey = stopped(lead, full(lead))
    browser, url = client_for(reader), f"/val-clair/enquetes/{survey.code}/resultats/"
    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()
    assert "Des nombres sont tus" in page
    assert "moins de 5 réponses, ou case masquée pour en protéger une autre" in page
    assert "67&nbsp;%" in page
    with django_assert_max_num_queries(12):
        assert "Combien de fois ?" in browser.get(f"{url}liste/").content.decode()
    csv = b"".join(browser.get(f"{url}liste/?format=csv").streaming_content).decode("utf-8-sig")
    assert "Allez-vous au parc ?;Oui;;14;" in csv.replace(",", ";")
    assert "secret statistique" in csv
    for format in ("xlsx", "ods"):
        assert browser.get(f"{url}liste/?format={format}").status_code == 200


def test_stopping_is_done_once_and_starts_again_where_the_work_had_stopped(lead: Actor) -> None:
    survey = opened(lead)
    first = actions.stop_counts(actor=lead, survey=survey, on=today(), back_url="/")
    assert actions.stop_counts(actor=lead, survey=survey, on=today(), back_url="/") == first
    assert Entry.objects.filter(action="participation.stop_counts").count() == 1
    actions.write_counts(survey.pk)
    actions.write_counts(survey.pk)
    with pytest.raises(Conflict):
        actions.stop_counts(actor=lead, survey=survey, on=today(), back_url="/")


def test_free_words_join_the_comptoirs_word_for_word_and_once(lead: Actor, client_for: Any) -> None:
    survey = full(lead)
    browser, url = client_for(lead), f"/val-clair/enquetes/{survey.code}/paroles/"
    assert "Parole 2" in browser.get(url).content.decode()
    words = [str(word.pk) for word in SurveyWord.objects.order_by("text")]
    assert browser.post(f"{url}verser/", {"word": words[:2]}).headers["Location"] == url
    assert set(Verbatim.objects.values_list("words", "speaker_kind")) == {
        ("Parole 0", "residents"), ("Parole 1", "residents"),
    }  # fmt: skip
    assert not SurveyWord.objects.filter(text="Parole 0").exists()  # words live in one row
    with pytest.raises(Conflict):
        actions.pour_words(actor=lead, survey=survey, words=list(SurveyWord.objects.exclude(statement=None)))
    browser.post(f"{url}verser/", {"word": words})
    assert Verbatim.objects.count() == 3
    assert Verbatim.objects.values("occasion").distinct().count() == 1
    page = browser.get(url).content.decode()
    assert "3\xa0paroles sont déjà" in page
    (board,) = re.findall(r'href="(/val-clair/comptoirs/\w+/relire/\w+/)"', page)
    assert "Parole 1" in browser.get(board).content.decode()
    assert "Parole 1" in browser.get("/val-clair/journal/").content.decode()
    assert Entry.objects.filter(action="participation.pour_words").count() == 2


def test_words_that_name_somebody_are_erased_and_boxes_stay(lead: Actor, client_for: Any) -> None:
    survey = full(lead)
    word = SurveyWord.objects.get(text="Parole 1")
    url = f"/val-clair/enquetes/{survey.code}/paroles/"
    client_for(lead).post(f"{url}effacer/", {"word": str(word.pk)})
    assert sorted(SurveyWord.objects.values_list("text", flat=True)) == ["Parole 0", "Parole 2"]
    assert survey.responses.count() == 21
    assert Entry.objects.get(action="participation.erase_word").object_id == survey.pk
    poured = SurveyWord.objects.get(text="Parole 0")
    actions.pour_words(actor=lead, survey=survey, words=[poured])
    with pytest.raises(Conflict, match="là-bas"):
        actions.erase_word(actor=lead, word=poured)


def test_whoever_stops_too_early_is_told_before_it_is_too_late(lead: Actor, client_for: Any) -> None:
    set_threshold(actor=lead, threshold=3)
    survey = opened(lead)
    for _ in range(11):
        answered(survey, 0)
    browser, url = client_for(lead), f"/val-clair/enquetes/{survey.code}/arreter/"
    assert "gardez l'enquête ouverte" in browser.get(url).content.decode()
    answered(survey, 0)
    page = browser.get(url).content.decode()
    assert "gardez l'enquête ouverte" not in page
    assert "3\xa0réponses" in page


def test_words_are_for_those_who_hear_raw_notes(lead: Actor, evaluator: Actor, reader: Actor, client_for: Any) -> None:
    survey = full(lead)
    url = f"/val-clair/enquetes/{survey.code}/paroles/"
    assert "Parole 1" in client_for(evaluator).get(url).content.decode()
    assert client_for(reader).get(url).status_code == 403
    assert "Paroles" not in client_for(reader).get(f"/val-clair/enquetes/{survey.code}/").content.decode()
    with pytest.raises(Refused):
        actions.pour_words(actor=evaluator, survey=survey, words=list(SurveyWord.objects.all()))


def test_words_of_another_survey_are_unknown(lead: Actor, client_for: Any) -> None:
    one, other = full(lead), opened(lead, title="Une autre")
    answered(other, words="Ailleurs")
    word = SurveyWord.objects.get(text="Ailleurs")
    url = f"/val-clair/enquetes/{one.code}/paroles/"
    for verb in ("verser", "effacer"):
        assert client_for(lead).post(f"{url}{verb}/", {"word": str(word.pk)}).status_code == 404
        assert client_for(lead).post(f"{url}{verb}/", {"word": "rien"}).status_code in {302, 404}
    assert SurveyWord.objects.filter(pk=word.pk).exists()


def test_surveys_are_reached_from_the_comptoirs(lead: Actor, client_for: Any) -> None:
    assert 'href="/val-clair/enquetes/"' in client_for(lead).get("/val-clair/comptoirs/").content.decode()
