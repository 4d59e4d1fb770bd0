"""The doors of answers, of follow-up codes and of the public page's setting."""

from datetime import date
from typing import Any

from doors import EVERYONE, LEAD, TEAM, Door

from comptoir.accounts.models import Actor
from comptoir.voices import actions
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.actions import add_comptoir, open_workshop

SAID = {"kind": "adopted", "reasons": "Le local ouvre", "decided_by": "Le comité", "decided_on": "2026-10-08"}
ONE = ("{answers_workshop}",)

DOORS = (
    Door("unanswered", EVERYONE),
    Door("answers", EVERYONE),
    Door("answer_new", TEAM, query="?ligne={answers_line}"),
    Door("answer_new", TEAM, post=SAID, query="?ligne={answers_line}"),
    Door("answers_publish", LEAD, query="?reponse={answers_draft}"),
    Door("answers_publish", LEAD, post={}, query="?reponse={answers_draft}"),
    Door("answer_withdraw", TEAM, ("{answers_draft}",), {}),
    Door("follow_up_sheet", TEAM, ONE),
    Door("follow_up_line", TEAM, ("{answers_line}",)),
    Door("follow_up_give", TEAM, ONE, {}),
    Door("follow_up_give", TEAM, ONE, {"ligne": "{answers_line}"}),
    Door("public_settings", LEAD),
    Door("public_settings", LEAD, post={"opened": "yes", "welcome": "", "where_to_speak": ""}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A line said in a comptoir, and a draft that answers it."""
    workshop = open_workshop(actor=lead, title="Comptoir des réponses", held_on=date(2026, 9, 2))
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    heading = occasion.headings.exclude(kind=HeadingKind.WHO)[0]
    line = actions.add_note(actor=lead, heading=heading, words="Un banc à l'ombre")
    (draft,) = actions.answer(
        actor=lead, lines=[line], kind="adopted", reasons="Il sera là en mai", decided_by="le comité",
        decided_on=date(2026, 10, 8),
    )  # fmt: skip
    return {"answers_workshop": workshop.code, "answers_line": line.code, "answers_draft": draft.code}
