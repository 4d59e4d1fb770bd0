"""The links of the house. A new kind of link (to an action, to a review) is one more entry of `LINKS`."""

from django.db.models import Exists, F, OuterRef, Q

from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import (
    CheckInReply,
    CheckInRequest,
    Commitment,
    Decision,
    Evidence,
    Promise,
    StatementLink,
)
from comptoir.thread.check_ins import REPLY, ROUND
from comptoir.thread.done import ANSWER, COMMITMENT, DECISION, OBJECTIVE, PROMISE, PROOF
from comptoir.thread.kinds import LinkKind, Plan
from comptoir.thread.models import Citation
from comptoir.thread.said import LINE, UNDER, WORD
from comptoir.voices.enums import StatementState
from comptoir.voices.models import Answer, Statement, Verbatim

LIVE = StatementState.LIVE
_AFTER = Q(decided_on__gt=OuterRef("decided_on")) | Q(decided_on=OuterRef("decided_on"), pk__gt=OuterRef("pk"))
_LATER = Answer.objects.filter(  # the last published answer of a line is its answer, the others are its history
    _AFTER, statement__root=OuterRef("statement__root"), withdrawn_at=None, published_at__isnull=False
)

LINKS: tuple[LinkKind, ...] = (
    LinkKind(
        "word_under_line", WORD, LINE, start="pk", end="statement__root", weight="tally",
        rows=lambda space: Verbatim.objects.filter(space=space, statement__state=LIVE),
    ),
    LinkKind(
        "line_gathered", UNDER, LINE, start="pk", end="root", weight="reported_occurrences",
        rows=lambda space: Statement.objects.live().filter(space=space, verbatim=None).exclude(root=F("pk")),
    ),
    LinkKind(
        "objective_cites_line", LINE, OBJECTIVE, start="statement__root", end="wording__objective",
        rows=lambda space: Citation.objects.filter(
            withdrawn_at=None, statement__space=space, statement__state=LIVE,
            wording__objective__withdrawn_at=None,
        ),
    ),
    LinkKind(
        "commitment_answers_line", LINE, COMMITMENT, start="statement__root", end="commitment",
        rows=lambda space: StatementLink.objects.filter(
            withdrawn_at=None, statement__space=space, statement__state=LIVE,
            commitment__withdrawn_at=None,
        ),
    ),
    LinkKind(
        "commitment_carries_objective", OBJECTIVE, COMMITMENT, start="objective", end="pk",
        rows=lambda space: Commitment.objects.shown().filter(
            space=space, objective__isnull=False, objective__withdrawn_at=None
        ),
    ),
    LinkKind(
        "promise_became_commitment", PROMISE, COMMITMENT, start="pk", end="commitment",
        rows=lambda space: Promise.objects.filter(
            space=space, withdrawn_at=None, commitment__isnull=False, commitment__withdrawn_at=None
        ),
    ),
    LinkKind(
        "proof_of_commitment", COMMITMENT, PROOF, start="commitment", end="pk",
        rows=lambda space: Evidence.objects.filter(
            space=space, withdrawn_at=None, confirmed_on__isnull=False, commitment__withdrawn_at=None
        ),
    ),
    LinkKind(
        "decision_on_commitment", COMMITMENT, DECISION, start="commitment", end="pk",
        rows=lambda space: Decision.objects.filter(
            commitment__space=space, withdrawn_at=None, commitment__withdrawn_at=None
        ),
    ),
    LinkKind(
        "round_asked_of_commitment", COMMITMENT, ROUND, start="commitment", end="round",
        rows=lambda space: CheckInRequest.objects.filter(
            space=space, round__isnull=False, forwarded_from=None, step=1, commitment__withdrawn_at=None
        ).exclude(delivery=Delivery.CANCELLED, answered_at=None),
    ),
    LinkKind(
        "reply_on_commitment", COMMITMENT, REPLY, start="commitment", end="pk",
        rows=lambda space: CheckInReply.objects.filter(commitment__space=space, commitment__withdrawn_at=None),
    ),
    LinkKind(
        "answer_to_line", LINE, ANSWER, start="statement__root", end="pk", told_back=True,
        rows=lambda space: Answer.objects.filter(
            ~Exists(_LATER), space=space, withdrawn_at=None, statement__state=LIVE
        ),
    ),
)  # fmt: skip
HOUSE = Plan(LINKS)
