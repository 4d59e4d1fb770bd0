"""Mails, links and official files go when their time is over, and not before. Dry until told."""

from datetime import timedelta
from itertools import product

import pytest
from django.http import Http404
from django.utils import timezone

from comptoir.accounts import links
from comptoir.accounts.actions import give_instance_role, invite
from comptoir.accounts.enums import InstanceRoleKind, Role
from comptoir.accounts.models import Actor, Person, SignedLink
from comptoir.audit.models import Entry
from comptoir.keeping.actions import set_retention
from comptoir.keeping.retention import expire, expire_instance
from comptoir.kit import files as store
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Job, JobState, Mail, MailState
from comptoir.territories.actions import queue_official


@pytest.mark.django_db
def test_mails_that_have_left_go_when_the_space_says_so_and_those_to_send_stay(lead: Actor) -> None:
    set_retention(actor=lead, files_months=12, jobs_days=90, mails_days=30, answers_months=6)
    long_ago = timezone.now() - timedelta(days=31)
    for space, state in product((lead.space, None), MailState):
        mail = Mail.objects.create(space=space, to="x@exemple.fr", subject=str(state), text="", html="", state=state)
        Mail.objects.filter(pk=mail.pk).update(
            created_at=long_ago, sent_at=long_ago if state == MailState.SENT else None
        )  # fmt: skip
    invite(actor=lead, email="y@exemple.fr", role=Role.READER)
    assert expire(lead.space, do=False).mails == 2
    assert expire_instance(do=True).mails == 0, "90 days where no space chooses"
    assert Mail.objects.count() == 7
    assert expire(lead.space, do=True).mails == 2
    assert expire_instance(do=True, now=timezone.now() + timedelta(days=60)).mails == 2
    left = [(mail.space_id, mail.state) for mail in Mail.objects.order_by("id")]
    assert left == [(lead.space.pk, MailState.QUEUED), (None, MailState.QUEUED), (lead.space.pk, MailState.QUEUED)]
    assert Entry.objects.get(action="keeping.expire").details["mails"] == 2


@pytest.mark.django_db
def test_a_link_says_that_it_is_over_for_ninety_days_then_goes(lead: Actor) -> None:
    token = links.make("essai", uuid7(), days=10)
    link = links.read(token, "essai")
    over = link.expires_at + timedelta(days=89)
    assert expire_instance(do=True, now=over).links == 0
    assert expire_instance(do=False, now=over + timedelta(days=2)).links == 1
    assert SignedLink.objects.count() == 1
    assert expire_instance(do=True, now=over + timedelta(days=2)).links == 1
    with pytest.raises(Http404):
        links.read(token, "essai")


@pytest.mark.django_db(transaction=True)
def test_official_files_received_go_with_their_jobs_unless_one_still_waits(lead: Actor) -> None:
    give_instance_role(person=Person.objects.get(pk=lead.person_id), kind=InstanceRoleKind.HOST)
    person, digests = Person.objects.get(pk=lead.person_id), [store.put(word.encode()) for word in ("fini", "attend")]
    done, waiting = (queue_official(person=person, name="l.csv", digest=digest, back_url="/") for digest in digests)
    Job.objects.filter(pk=done.pk).update(state=JobState.DONE, finished_at=timezone.now())
    later = timezone.now() + timedelta(days=91)
    found = expire_instance(do=True, now=later)
    assert (found.jobs, found.files) == (1, 1)
    assert list(Job.objects.all()) == [waiting]
    assert [store.exists(digest) for digest in digests] == [False, True]
