"""The surveys of the demonstration, through the actions that people use; answers drawn from a seed."""

import random
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.demo.content import surveys as content
from comptoir.participation import actions
from comptoir.participation.models import Survey
from comptoir.spaces import jobs


def build_surveys(lead: Actor) -> None:
    _stopped(lead)
    _open(lead)
    draft = actions.write_survey(actor=lead, title=content.DRAFT_TITLE)
    first = actions.add_question(
        actor=lead, survey=draft, kind="one", text="Vos enfants jouent-ils dehors ?", options=["Oui", "Non"]
    )
    actions.add_question(actor=lead, survey=draft, kind="words", text="Pourquoi ?", only_if=(first, 1))


def _stopped(lead: Actor) -> None:
    """A hundred answers and more, then the numbers, as the worker computes them."""
    survey = actions.write_survey(actor=lead, title=content.TITLE, introduction=content.INTRODUCTION)
    place = actions.add_question(
        actor=lead, survey=survey, kind="place", text="Où habitez-vous ?", options=content.PLACES
    )
    clean = actions.add_question(actor=lead, survey=survey, kind="change", text=content.CLEAN)
    knows = actions.add_question(actor=lead, survey=survey, kind="one", text=content.KNOWS, options=["Oui", "Non"])
    met = actions.add_question(
        actor=lead, survey=survey, kind="several", text=content.WHERE, options=content.MEETINGS, only_if=(knows, 0)
    )
    repair = actions.add_question(actor=lead, survey=survey, kind="one", text=content.REPAIR, options=content.REPAIRED)
    words = actions.add_question(actor=lead, survey=survey, kind="words", text=content.WORDS)
    survey = actions.open_survey(actor=lead, survey=survey, on=content.OPENED_ON, until=content.CLOSED_ON)
    chance, luck = random.Random(2026), random.Random(2027)  # noqa: S311  # invented answers, the same each time
    channels, weights = list(content.CHANNELS), list(content.CHANNELS.values())
    said = iter(content.SAID)
    length = (content.CLOSED_ON - content.OPENED_ON).days
    for here, number, changes, share, repairs in content.ANSWERED:
        for rank in range(number):
            boxes = {place.code: [here], clean.code: chance.choices(range(4), changes)}
            boxes[knows.code] = [0 if chance.random() < share else 1]
            boxes[repair.code] = luck.choices(range(len(content.REPAIRED)), repairs)
            boxes[met.code] = [one for one in range(len(content.MEETINGS)) if chance.random() < 0.4]
            actions.answer(
                survey=survey, sending=UUID(int=chance.getrandbits(128)), boxes=boxes,
                channel=chance.choices(channels, weights)[0],
                on=content.OPENED_ON + timedelta(days=chance.randrange(length)),
                words={words.code: next(said, "")} if rank % 12 == 0 else {},
            )  # fmt: skip
    back = f"/{lead.space.slug}/enquetes/"
    job = actions.stop_counts(actor=lead, survey=survey, on=content.STOPPED_ON, back_url=back)
    jobs.run.call(str(job.pk))


def _open(lead: Actor) -> Survey:
    """One that whoever tries the demonstration can answer."""
    survey = actions.write_survey(actor=lead, title=content.NOW_TITLE, introduction=content.NOW_INTRODUCTION)
    often = actions.add_question(
        actor=lead, survey=survey, kind="one", text="Passez-vous par la place ?",
        options=["Tous les jours", "Parfois", "Jamais"],
    )  # fmt: skip
    actions.add_question(
        actor=lead, survey=survey, kind="words", text="Qu'est-ce qui vous en éloigne ?", only_if=(often, 2)
    )
    actions.add_question(
        actor=lead, survey=survey, kind="several", text="Par quoi commencer ?",
        options=["De l'ombre", "Des bancs", "Des jeux", "La lumière"],
    )  # fmt: skip
    actions.add_question(actor=lead, survey=survey, kind="scale", text="Vous y sentez-vous bien ?")
    today = timezone.localdate()
    return actions.open_survey(actor=lead, survey=survey, on=today, until=today + timedelta(days=content.NOW_OPEN_FOR))
