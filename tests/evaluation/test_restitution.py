"""Frozen states (docs/concepts/restitution.md): they never move, say what changed, and an erasure reaches them."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.enums import Moment
from comptoir.evaluation.frozen import intact, opened, quotes_in, seal_of
from comptoir.evaluation.frozen_changes import changes
from comptoir.evaluation.models import EvaluativeQuestion, Restitution
from comptoir.keeping.erasing import erase_words
from comptoir.kit.errors import Invalid, Refused
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import SynthesisLine

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
WORDS = "Le gardien ne passe plus dans la tour du fond"


def kept(study: Study, text: str = "Répond-on aux locataires ?") -> EvaluativeQuestion:
    question: EvaluativeQuestion = study.ask(text)
    actions.settle(actor=study.lead, question=question, status="kept")
    return question


def frozen(study: Study, moment: str = Moment.MIDTERM, **more: Any) -> Restitution:
    return actions.freeze(actor=study.lead, evaluation=study.evaluation, moment=moment, on=TODAY, **more)


def judged(study: Study, question: EvaluativeQuestion, college: str, verdict: str) -> None:
    actions.judge(
        actor=study.lead, question=question, college=college, verdict=verdict, reasons="Vu sur place",
        confidence="high", given_by="Le groupe", on=TODAY,
    )  # fmt: skip


def figure(study: Study, question: EvaluativeQuestion, value: str = "1261.5") -> None:
    actions.bring(
        actor=study.lead, question=question, kind="figure", text="réponses", figure=Decimal(value), unit="%",
        period="2025", whence="état annuel", on=TODAY,
    )  # fmt: skip


def published_line(lead: Actor) -> SynthesisLine:
    workshop = open_workshop(actor=lead, title="Les tours")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Au pied", subject=Subject.RESIDENTS).occasion
    heading = occasion.headings.exclude(kind=HeadingKind.WHO)[0]
    line = voices.add_note(actor=lead, heading=heading, words=WORDS)
    version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)
    return SynthesisLine.objects.get(statement=line)


def test_what_is_frozen_does_not_move(study: Study) -> None:
    question = kept(study)
    figure(study, question)
    actions.write_answer(actor=study.lead, question=question, text="Pas encore.")
    one = frozen(study)
    actions.write_answer(actor=study.lead, question=question, text="Oui.")
    judged(study, question, "residents", "no")
    content = opened(Restitution.objects.get(pk=one.pk).content)
    assert (content["questions"][0]["answer"], content["questions"][0]["judged"]) == ("Pas encore.", [])
    assert content["questions"][0]["evidence"][0]["figure"] == "1\xa0261,5"
    assert (content["frozen_on"], content["evaluation"]["ends_on"]) == (TODAY, date(2027, 10, 15))


def test_each_moment_asks_for_what_it_is_about(study: Study) -> None:
    for moment, sentence in (
        (Moment.FRAMED, "pas encore signé"), (Moment.MIDTERM, "Aucune question"), (Moment.FREE, "Donnez un nom"),
        ("yesterday", "Choisissez"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=sentence):
            frozen(study, moment)
    actions.sign(actor=study.lead, evaluation=study.evaluation, meeting=study.meeting, signed_by="Le comité")
    assert (frozen(study, Moment.FRAMED).number, frozen(study, Moment.FREE, name="la fête").number) == (1, 2)
    assert [one.name for one in study.evaluation.restitutions.order_by("number")] == ["Cadrage signé", "La fête"]


def test_only_the_lead_freezes_and_only_those_who_write_answer(study: Study) -> None:
    question = kept(study)
    for role in set(Role) - {Role.PROJECT_LEAD}:
        with pytest.raises(Refused):
            actions.freeze(actor=study.who(role), evaluation=study.evaluation, moment=Moment.MIDTERM, on=TODAY)
    with pytest.raises(Refused):
        actions.write_answer(actor=study.who(Role.REFERENT), question=question, text="Oui.")
    actions.write_answer(actor=study.who(Role.EVALUATOR), question=question, text="Oui.")
    with pytest.raises(Invalid, match="400"):
        actions.write_answer(actor=study.lead, question=question, text="a" * 401)


def test_each_act_is_in_the_journal_once(study: Study) -> None:
    question = kept(study)
    actions.write_answer(actor=study.lead, question=question, text="Oui.")
    actions.write_answer(actor=study.lead, question=question, text=" Oui. ")
    one = frozen(study)
    written = Entry.objects.get(action="evaluation.write_answer")
    assert (written.object_id, written.within_id) == (question.pk, study.evaluation.pk)
    entry = Entry.objects.get(action="evaluation.freeze")
    assert (entry.object_id, entry.within_id, entry.details["seal"]) == (one.pk, study.evaluation.pk, one.seal)


def test_the_seal_tells_a_change_made_outside(study: Study, client_for: Callable[[Actor], Any]) -> None:
    question = kept(study)
    figure(study, question)
    one = frozen(study)
    assert intact(one.content, one.seal)
    address = reverse("restitution", args=(study.lead.space.slug, study.evaluation.code, 1))
    browser = client_for(study.who(Role.READER))
    assert "ne correspond plus" not in browser.get(address).content.decode()
    changed = deepcopy(one.content)
    changed["questions"][0]["evidence"][0]["figure"] = "99"
    assert not intact(changed, one.seal)
    Restitution.objects.filter(pk=one.pk).update(content=changed)
    assert "ne correspond plus" in browser.get(address).content.decode()


def test_erased_words_leave_the_frozen_state_and_its_seal_stays_true(study: Study) -> None:
    question = kept(study)
    line = published_line(study.lead)
    actions.bring(actor=study.lead, question=question, kind="voice", line=line, on=TODAY)
    one = frozen(study)
    assert [quote["text"] for quote in quotes_in(one.content)] == [WORDS]
    told = erase_words(study.lead.space, line.statement.code, do=True)
    assert "Restitutions figées qui les citent : 1." in told.lines
    one.refresh_from_db()
    piece = opened(one.content)["questions"][0]["evidence"][0]
    assert piece["quote"] is not None
    assert (piece["quote"]["text"], piece["quote"]["salt"], piece["occurrences"]) == ("", "", 1)
    assert seal_of(one.content) == one.seal
    assert intact(one.content, one.seal)


def test_a_quote_that_was_changed_is_told(study: Study) -> None:
    question = kept(study)
    actions.bring(actor=study.lead, question=question, kind="voice", line=published_line(study.lead), on=TODAY)
    one = frozen(study)
    one.content["questions"][0]["evidence"][0]["quote"]["text"] = "Le gardien passe"
    assert not intact(one.content, one.seal)


def test_what_changed_since_the_state_before(study: Study, client_for: Callable[[Actor], Any]) -> None:
    question = kept(study)
    first = frozen(study)
    assert changes(opened(first.content), opened(frozen(study).content)) == []
    actions.write_answer(actor=study.lead, question=question, text="Oui.")
    judged(study, question, "officials", "no")
    figure(study, question, "61")
    kept(study, "Pour qui ?")
    advice = actions.recommend(
        actor=study.lead, evaluation=study.evaluation, text="Afficher", on=TODAY, signatory=study.landlord
    )
    third = frozen(study)
    found = changes(opened(first.content), opened(third.content))
    assert {one.what for one in found} == {
        "réponse", "jugement : élus", "pièce versée", "nouvelle question", "nouvelle recommandation",
    }  # fmt: skip
    actions.become_commitment(actor=study.lead, recommendation=advice)
    actions.settle(actor=study.lead, question=question, status="parked", reason="Hors de prise")
    fourth = frozen(study)
    assert [one.what for one in changes(opened(third.content), opened(fourth.content))] == [
        "question sortie", "devenue un engagement",
    ]  # fmt: skip
    page = client_for(study.lead).get(
        reverse("restitution", args=(study.lead.space.slug, study.evaluation.code, fourth.number))
    )
    assert "Devenue un engagement" in page.content.decode()


def test_the_report_of_a_state_is_that_of_the_state(study: Study, client_for: Callable[[Actor], Any]) -> None:
    question = kept(study)
    actions.write_answer(actor=study.lead, question=question, text="Pas encore.")
    one = frozen(study)
    actions.write_answer(actor=study.lead, question=question, text="Oui.")
    browser, slug = client_for(study.who(Role.READER)), study.lead.space.slug
    old = browser.get(reverse("restitution_document", args=(slug, one.code, "md")))
    assert "Pas encore." in old.content.decode()
    assert "À mi-parcours, figé au 26 novembre 2026" in old.content.decode()
    assert 'filename="mi-parcours-etat-1.md"' in old.headers["Content-Disposition"]
    now = browser.get(reverse("evaluation_document", args=(slug, study.evaluation.code, "md")))
    assert "Oui." in now.content.decode()
    assert browser.get(reverse("restitution_document", args=(slug, one.code, "csv"))).status_code == 404


def test_a_state_of_another_evaluation_is_not_found(study: Study, client_for: Callable[[Actor], Any]) -> None:
    kept(study)
    frozen(study)
    other = actions.open_evaluation(actor=study.lead, contract=study.contract, name="Finale", ends_on=date(2030, 1, 1))
    address = reverse("restitution", args=(study.lead.space.slug, other.code, 1))
    assert client_for(study.lead).get(address).status_code == 404
