"""Surveys that tests need, in few words."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.participation import actions
from comptoir.participation.enums import Channel
from comptoir.participation.models import Survey, SurveyQuestion
from comptoir.participation.sent import digest_of


def today() -> date:
    return timezone.localdate()


def written(actor: Actor, title: str = "Le quartier, un an après") -> Survey:
    """Four questions: yes or no; how often, asked of those who say yes; what has changed; free words."""
    survey = actions.write_survey(actor=actor, title=title, introduction="Pour choisir la suite ensemble.")
    first = actions.add_question(
        actor=actor, survey=survey, kind="one", text="Allez-vous au parc ?", options=["Oui", "Non"]
    )
    actions.add_question(
        actor=actor, survey=survey, kind="one", text="Combien de fois ?", options=["Souvent", "Rarement"],
        only_if=(first, 0),
    )  # fmt: skip
    actions.add_question(actor=actor, survey=survey, kind="change", text="Depuis un an, c'est…")
    actions.add_question(actor=actor, survey=survey, kind="words", text="Que voulez-vous ajouter ?")
    return survey


def opened(actor: Actor, **more: Any) -> Survey:
    survey = written(actor, **more)
    return actions.open_survey(actor=actor, survey=survey, on=today(), until=today() + timedelta(days=14))


def questions(survey: Survey) -> list[SurveyQuestion]:
    return list(survey.questions.order_by("position"))


def answered(survey: Survey, *ranks: int | None, words: str = "", sending: UUID | None = None) -> bool:
    """One answer: the ranks to the questions in order, None where a question is left empty."""
    asked = questions(survey)
    return actions.answer(
        survey=survey, sending=sending or uuid4(), channel=Channel.LINK, on=today(),
        boxes={one.code: [rank] for one, rank in zip(asked, ranks, strict=False) if rank is not None},
        words={asked[-1].code: words},
    )  # fmt: skip


def stopped(actor: Actor, survey: Survey) -> Survey:
    """Counts stopped, and the work done as the worker does it."""
    actions.stop_counts(actor=actor, survey=survey, on=today(), back_url="/")
    actions.write_counts(survey.pk)
    survey.refresh_from_db()
    return survey


def form(survey: Survey, **answers: str) -> dict[str, str]:
    """What the page sends; answers by rank of their question: `q1="0"`."""
    asked = questions(survey)
    sent = {asked[int(key[1:]) - 1].code: value for key, value in answers.items()}
    return {"envoi": str(uuid4()), "par": "qr", "questions": digest_of(asked), **sent}
