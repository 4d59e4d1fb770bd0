"""The doors of surveys. What residents open without account: tests/participation."""

from datetime import date
from typing import Any
from uuid import uuid4

from doors import EVERYONE, HEARING, LEAD, TEAM, Door

from comptoir.accounts.models import Actor
from comptoir.participation import actions
from comptoir.participation.enums import Channel
from comptoir.participation.models import SurveyWord

DRAFT, OPEN, ANSWERED, STOPPED = (
    ("{survey_draft}",), ("{survey_open}",), ("{survey_answered}",), ("{survey_stopped}",),
)  # fmt: skip
QUESTION = ("{survey_draft}", "{survey_question}")

DOORS = (
    Door("surveys", EVERYONE),
    Door("survey_new", TEAM),
    Door("survey_new", TEAM, post={"title": "Le parc", "introduction": ""}),
    Door("survey", EVERYONE, OPEN),
    Door("survey", TEAM, DRAFT, otherwise=404),
    Door("survey_edit", TEAM, DRAFT),
    Door("survey_edit", TEAM, DRAFT, {"title": "Le bois", "introduction": ""}),
    Door("survey_withdraw", TEAM, DRAFT, {}),
    Door("survey_preview", TEAM, DRAFT),
    Door("survey_question_new", TEAM, ("{survey_draft}", "words")),
    Door("survey_question_new", TEAM, ("{survey_draft}", "words"), {"text": "Et ensuite ?"}),
    Door("survey_question_edit", TEAM, QUESTION),
    Door("survey_question_edit", TEAM, QUESTION, {"text": "Et avant ?"}),
    Door("survey_question_move", TEAM, QUESTION, {"up": "1"}),
    Door("survey_question_remove", TEAM, QUESTION, {}),
    Door("survey_open", LEAD, DRAFT),
    Door("survey_open", LEAD, DRAFT, {"until": "2099-12-31"}),
    Door("survey_take_back", LEAD, OPEN, {}),
    Door("survey_stop", LEAD, OPEN),
    Door("survey_stop", LEAD, OPEN, {}),
    Door("survey_poster", TEAM, OPEN),
    Door("survey_paper", TEAM, OPEN),
    Door("survey_type", TEAM, ANSWERED),
    Door("survey_type", TEAM, ANSWERED, {"envoi": "{survey_sending}"}),
    Door("survey_results", EVERYONE, ANSWERED),
    Door("survey_results", EVERYONE, STOPPED),
    Door("survey_table", EVERYONE, STOPPED),
    Door("survey_words", HEARING, ANSWERED),
    Door("survey_pour", TEAM, ANSWERED, {"word": "{survey_word}"}),
    Door("survey_erase", TEAM, ANSWERED, {"word": "{survey_word}"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A survey being written, one that is open, one answered by somebody, one of which counts are stopped."""
    made = {name: actions.write_survey(actor=lead, title=name) for name in ("draft", "open", "answered", "stopped")}
    questions = {
        name: actions.add_question(actor=lead, survey=survey, kind="words", text="Que manque-t-il ?")
        for name, survey in made.items()
    }
    day, sending = date(2026, 11, 2), uuid4()
    for name in ("open", "answered", "stopped"):
        made[name] = actions.open_survey(actor=lead, survey=made[name], on=day, until=date(2099, 12, 31))
    actions.answer(
        survey=made["answered"], sending=sending, channel=Channel.LINK, on=day, boxes={},
        words={questions["answered"].code: "Des bancs"},
    )  # fmt: skip
    actions.stop_counts(actor=lead, survey=made["stopped"], on=day, back_url="/")
    actions.write_counts(made["stopped"].pk)
    return {
        **{f"survey_{name}": survey.code for name, survey in made.items()},
        "survey_question": questions["draft"].code, "survey_sending": str(sending),
        "survey_word": str(SurveyWord.objects.get(question=questions["answered"]).pk),
    }  # fmt: skip
