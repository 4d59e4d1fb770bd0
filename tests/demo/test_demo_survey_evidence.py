"""The demonstration answers a question with a survey: its published counts, small ones hidden, given back so."""

import pytest

from comptoir.demo.content import surveys as content
from comptoir.evaluation.enums import FindingKind
from comptoir.evaluation.frozen_reading import content_in
from comptoir.evaluation.models import Finding, Restitution
from comptoir.evaluation.reading import evidence_of
from comptoir.participation.models import SurveyResponse
from comptoir.spaces.models import Job, JobState, Mail, MailState, Space

pytestmark = pytest.mark.django_db
TOLD = {
    "Oui, avec une date": "48 (37\xa0%)", "Oui, sans date": "tu", "Non, rien": "39 (30\xa0%)",
    "On m'a renvoyé ailleurs": "tu", "Sans réponse": "0 (0\xa0%)",
}  # fmt: skip


def test_the_answers_are_the_same_each_time_and_few_of_them_are_hidden(demo: Space) -> None:
    piece = Finding.objects.get(kind=FindingKind.SURVEY, space=demo)
    (shown,) = [one for one in evidence_of(piece.question, piece.given_on) if one.finding.pk == piece.pk]
    assert shown.text == content.REPAIR
    assert {one.label: one.text for one in shown.answers} == TOLD
    assert "moins de 11 réponses" in shown.silent
    code = piece.survey_question.code if piece.survey_question else ""
    ticked = [one[code][0] for one in SurveyResponse.objects.values_list("answers", flat=True) if code in one]
    assert 0 < ticked.count(content.REPAIRED.index("On m'a renvoyé ailleurs")) < 11, "there is something to protect"


def test_what_is_given_back_holds_them_as_they_were_published(demo: Space) -> None:
    states = Restitution.objects.filter(space=demo).order_by("number")
    held = [
        {said["label"]: said["text"] for said in piece["answers"]}
        for state in states for question in content_in(state)["questions"] for piece in question["evidence"]
        if piece["kind"] == FindingKind.SURVEY
    ]  # fmt: skip
    assert held == [TOLD, TOLD]


def test_nothing_is_left_to_send_or_to_do(demo: Space) -> None:
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
