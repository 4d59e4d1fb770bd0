"""The life of the commitments of the invented agglomeration, through the actions that people use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment, Evidence
from comptoir.contracts.models import CityContract, Signatory
from comptoir.demo.content import SPACE
from comptoir.demo.content.life import (
    FLAGS,
    MOST_OPEN,
    MOST_OPEN_IN_CANTEPAU,
    NEWS,
    PROMISES,
    REVIEWS,
    SEEN_ON,
    DemoPromise,
)
from comptoir.portal.actions import mark_seen
from comptoir.spaces.mail import mark_sent
from comptoir.spaces.models import Mail, MailState
from comptoir.territories.models import PriorityNeighbourhood

WRITTEN_FROM = date(2025, 12, 2)  # one commitment a week from that day


def build_life(lead: Actor, contract: CityContract) -> None:
    """News from the referents, promises kept or not, a watch-keeper and her flags, two reviews of the table."""
    _date_the_past(lead)
    cast = {role: Actor.of(m) for role, m in _members(lead).items()}
    first = {one.signatory.pk: one for one in Commitment.objects.filter(contract=contract).order_by("-position")}
    names = {one.key: one.name for one in SPACE.organisations}
    signatories = {
        key: contract.signatories.select_related("organisation").get(organisation__name=names[key])
        for key in {*(n.signatory for n in NEWS), *(f.signatory for f in FLAGS), *(r[0] for r in REVIEWS)}
    }
    commitments = {key: first[one.pk] for key, one in signatories.items()}
    for news in NEWS:
        actor = _referent(lead, signatories[news.signatory])
        with _on(lead, news.told_on):
            actions.tell_news(
                actor=actor, commitment=commitments[news.signatory], answer=news.answer, line=news.line,
                on=news.told_on,
            )  # fmt: skip
    for promise in PROMISES:
        _promise(lead, cast, contract, promise, commitments)
    actions.set_capacity(actor=lead, contract=contract, most=MOST_OPEN)
    cantepau = PriorityNeighbourhood.objects.get(code="QN08106M")
    actions.set_capacity(actor=lead, contract=contract, neighbourhood=cantepau, most=MOST_OPEN_IN_CANTEPAU)
    _watch(lead, cast, signatories, commitments)
    for key, held_on, decided in REVIEWS:
        with _on(lead, held_on):
            actions.hold_review(
                actor=lead, contract=contract, presenter=signatories[key], held_on=held_on, on=held_on, decided=decided
            )
    for role in (Role.PROJECT_LEAD, Role.REFERENT, Role.ELECTED_OFFICIAL):
        mark_seen(actor=cast[role], at=_at(SEEN_ON))


def _members(lead: Actor) -> dict[Role, Membership]:
    found = Membership.objects.filter(space=lead.space).select_related("person", "space", "organisation")
    return {Role(one.role): one for one in found.order_by("pk")}


def _referent(lead: Actor, signatory: Signatory) -> Actor:
    """Whoever answers for a signatory, with or without an account in the demonstration."""
    return Actor(
        None, "", lead.space, Role.REFERENT, signatory.organisation.name, organisation_id=signatory.organisation_id
    )


def _promise(
    lead: Actor, cast: dict[Role, Actor], contract: CityContract, content: DemoPromise, first: dict[str, Commitment]
) -> None:
    members = _members(lead)
    author = members[Role(content.by)] if content.by else None
    actor = cast[Role(content.by)] if content.by else lead
    places = PriorityNeighbourhood.objects.filter(code=content.neighbourhood)
    promise = actions.write_promise(
        actor=actor, contract=contract, text=content.text, made_on=content.made_on, on=content.made_on,
        author=author, author_name=content.name, elected=not content.by, consented=not content.by,
        occasion=content.occasion, due_on=content.due_on, neighbourhood=places.first(),
    )  # fmt: skip
    if content.published:
        actions.publish_promise(actor=actor, promise=promise)
    if content.fate:
        actions.follow_promise(
            actor=actor, promise=promise, fate=content.fate, explanation=content.explanation,
            on=content.due_on or content.made_on,
        )  # fmt: skip
    if content.becomes:
        actions.become_commitment(actor=lead, promise=promise, commitment=first[content.becomes])


def _watch(
    lead: Actor, cast: dict[Role, Actor], signatories: dict[str, Signatory], commitments: dict[str, Commitment]
) -> None:
    resident = cast[Role.COUNCIL_MEMBER]
    for content in FLAGS:
        commitment = commitments[content.signatory]
        since = content.raised_on - timedelta(days=30)
        with _on(lead, since):
            actions.watch(actor=resident, commitment=commitment, since=since)
        with _on(lead, content.raised_on):
            flag = actions.raise_flag(actor=resident, commitment=commitment, text=content.text, on=content.raised_on)
        if content.answered_on:
            with _on(lead, content.answered_on):
                actions.answer_flag(
                    actor=_referent(lead, signatories[content.signatory]), flag=flag, answer=content.answer,
                    on=content.answered_on,
                )  # fmt: skip
    for letter in Mail.objects.filter(space=lead.space, state=MailState.QUEUED, subject__contains="drapeau"):
        mark_sent(letter)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@contextmanager
def _on(lead: Actor, day: date) -> Iterator[None]:
    """What is done inside is dated of that day in the journal: the demonstration lived before it was built."""
    before = list(Entry.objects.of(lead.space).values_list("pk", flat=True))
    yield
    Entry._base_manager.filter(space=lead.space).exclude(pk__in=before).update(at=_at(day))


def _date_the_past(lead: Actor) -> None:
    """The journal of what build_commitments did, at the days that its facts bear."""
    given = {str(one.pk): one for one in Evidence.objects.filter(space=lead.space)}
    written = 0
    for entry in Entry.objects.filter(space=lead.space, action__startswith="commitments.").order_by("pk"):
        evidence = given.get(str(entry.details.get("evidence", "")))
        day = WRITTEN_FROM + timedelta(weeks=written)
        match entry.action:
            case "commitments.write":
                written += 1
            case "commitments.give_evidence" if evidence:
                day = evidence.given_on
            case "commitments.confirm" if evidence and evidence.confirmed_on:
                day = evidence.confirmed_on
            case "commitments.decide" | "commitments.take_snapshot":
                day = date(2026, 6, 18)
            case "commitments.reply_to_decision":
                day = date(2026, 7, 6)
            case "commitments.change":
                day = date(2026, 11, 16)
        Entry._base_manager.filter(pk=entry.pk).update(at=_at(day))
