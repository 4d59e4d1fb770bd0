"""What is done to an evaluation, one function an operation."""

from comptoir.evaluation.actions.answers import (
    become_commitment,
    bring,
    judge,
    recommend,
    take_off,
    withdraw_recommendation,
)
from comptoir.evaluation.actions.bets import bet, close_bets, count_bets, open_bets, withdraw_bets
from comptoir.evaluation.actions.bilans import add_reviews, change_reviews, feed, quote_review, remove_reviews
from comptoir.evaluation.actions.following import follow
from comptoir.evaluation.actions.framing import add_use, change, open_evaluation, say_used, sign, withdraw_use, write
from comptoir.evaluation.actions.lessons import keep_lesson, log_skill, withdraw_learnt
from comptoir.evaluation.actions.methods import choose_method, withdraw_method
from comptoir.evaluation.actions.outside import disown_outside_note, take_extract, write_outside_note
from comptoir.evaluation.actions.perceived import tell_perceived, withdraw_perceived
from comptoir.evaluation.actions.plain import publish_plain, say_reread, take_plain_back, write_plain
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
from comptoir.evaluation.actions.thanks import thank, withdraw_thanks

__all__ = [
    "add_reviews",
    "add_use",
    "assess",
    "become_commitment",
    "bet",
    "bring",
    "change",
    "change_reviews",
    "choose",
    "choose_method",
    "close_bets",
    "count_bets",
    "count_hands",
    "disown_outside_note",
    "feed",
    "follow",
    "freeze",
    "judge",
    "keep_lesson",
    "log_skill",
    "open_bets",
    "open_evaluation",
    "plan",
    "propose",
    "publish_plain",
    "quote_review",
    "recommend",
    "remove_reviews",
    "say_reread",
    "say_used",
    "settle",
    "sign",
    "specify",
    "take_extract",
    "take_off",
    "take_plain_back",
    "tell_perceived",
    "thank",
    "withdraw_bets",
    "withdraw_learnt",
    "withdraw_method",
    "withdraw_perceived",
    "withdraw_question",
    "withdraw_recommendation",
    "withdraw_source",
    "withdraw_thanks",
    "withdraw_use",
    "write",
    "write_answer",
    "write_outside_note",
    "write_plain",
]
