"""What is done to lines: one function an operation, each with its undo."""

from comptoir.voices.actions.answers import answer, publish_answers, withdraw_answer
from comptoir.voices.actions.follow_ups import give_codes
from comptoir.voices.actions.history import undo
from comptoir.voices.actions.lexicon import save_lexicon
from comptoir.voices.actions.lines import add_note, gather, move, reword, separate, tally, withdraw
from comptoir.voices.actions.suggestions import keep_apart, refresh_resemblances, set_aside, take_up_again

__all__ = [
    "add_note",
    "answer",
    "gather",
    "give_codes",
    "keep_apart",
    "move",
    "publish_answers",
    "refresh_resemblances",
    "reword",
    "save_lexicon",
    "separate",
    "set_aside",
    "take_up_again",
    "tally",
    "undo",
    "withdraw",
    "withdraw_answer",
]
