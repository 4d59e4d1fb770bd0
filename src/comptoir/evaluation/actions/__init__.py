"""What is done to an evaluation, one function an operation."""

from comptoir.evaluation.actions.answers import (
    become_commitment,
    bring,
    judge,
    recommend,
    take_off,
    withdraw_recommendation,
)
from comptoir.evaluation.actions.bilans import add_reviews, change_reviews, feed, quote_review, remove_reviews
from comptoir.evaluation.actions.following import follow
from comptoir.evaluation.actions.framing import add_use, change, open_evaluation, say_used, sign, withdraw_use, write
from comptoir.evaluation.actions.perceived import tell_perceived, withdraw_perceived
from comptoir.evaluation.actions.questions import (
    choose,
    count_hands,
    plan,
    propose,
    settle,
    specify,
    withdraw_question,
    withdraw_source,
)
from comptoir.evaluation.actions.restitution import freeze, write_answer
from comptoir.evaluation.actions.self_assessment import assess

__all__ = [
    "add_reviews",
    "add_use",
    "assess",
    "become_commitment",
    "bring",
    "change",
    "change_reviews",
    "choose",
    "count_hands",
    "feed",
    "follow",
    "freeze",
    "judge",
    "open_evaluation",
    "plan",
    "propose",
    "quote_review",
    "recommend",
    "remove_reviews",
    "say_used",
    "settle",
    "sign",
    "specify",
    "take_off",
    "tell_perceived",
    "withdraw_perceived",
    "withdraw_question",
    "withdraw_recommendation",
    "withdraw_source",
    "withdraw_use",
    "write",
    "write_answer",
]
