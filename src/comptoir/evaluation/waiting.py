"""What an evaluation asks of members: on the dashboard of its contract, for those who open nothing else."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract, Signatory
from comptoir.contracts.slots import Waiting
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion, Finding, Judgement, SelfAnswer
from comptoir.evaluation.rules import COLLEGES

ASKED = (Role.COUNCIL_MEMBER, Role.ELECTED_OFFICIAL, Role.REFERENT, Role.EVALUATOR)


def may_be_asked(actor: Actor, contract: CityContract) -> bool:
    """Whoever speaks for one college, but for the project lead, who runs the evaluation."""
    return contract.space_id == actor.space.pk and actor.role in ASKED


def of_contract(actor: Actor, contract: CityContract) -> list[Waiting]:
    """Until its report is due: the kept questions on which something is known and the college of this person has not
    judged; for a referent, the five sentences of the year. One query, two for a referent."""
    asked = [*_to_judge(actor, contract)]
    return [*_to_answer(actor, contract), *asked] if actor.role == Role.REFERENT else asked


def _to_judge(actor: Actor, contract: CityContract) -> Iterator[Waiting]:
    judged = Judgement.objects.filter(question=OuterRef("pk"), college=COLLEGES[Role(actor.role)])
    known = Finding.objects.filter(question=OuterRef("pk"), withdrawn_at=None)
    going_on = EvaluativeQuestion.objects.kept().filter(
        evaluation__contract=contract, evaluation__ends_on__gte=timezone.localdate()
    )
    for one in going_on.filter(Exists(known), ~Exists(judged)).select_related("evaluation").order_by("pk"):
        url = reverse("question", args=(actor.space.slug, one.evaluation.code, one.code))
        yield Waiting("question à juger", one.text, url)


def _to_answer(actor: Actor, contract: CityContract) -> Iterator[Waiting]:
    today = timezone.localdate()
    going_on = Evaluation.objects.filter(contract=contract, ends_on__gte=today).order_by("ends_on", "pk")
    given = SelfAnswer.objects.filter(signatory=OuterRef("pk"), year=today.year)
    mine = contract.signatories.shown().filter(organisation=actor.organisation_id).order_by("pk")
    waits: list[Signatory] = list(
        mine.filter(~Exists(given)).annotate(evaluation=Subquery(going_on.values("code")[:1])).exclude(evaluation=None)
    )
    for one in waits:
        url = reverse("self_assess", args=(actor.space.slug, vars(one)["evaluation"], one.code))
        yield Waiting("où vous en êtes", f"cinq phrases à dire en votre nom, pour {today.year}", url)
