"""What is done with surveys: one function an operation."""

from comptoir.participation.actions.answering import answer, type_paper
from comptoir.participation.actions.opening import open_survey, stop_counts, take_back, write_counts
from comptoir.participation.actions.words import erase_word, pour_words
from comptoir.participation.actions.writing import (
    add_question,
    change_question,
    change_survey,
    move_question,
    remove_question,
    withdraw_survey,
    write_survey,
)

__all__ = [
    "add_question",
    "answer",
    "change_question",
    "change_survey",
    "erase_word",
    "move_question",
    "open_survey",
    "pour_words",
    "remove_question",
    "stop_counts",
    "take_back",
    "type_paper",
    "withdraw_survey",
    "write_counts",
    "write_survey",
]
