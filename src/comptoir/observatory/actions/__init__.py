"""What is done in the observatory: one function per operation."""

from comptoir.observatory.actions.figures import give_values, remove_values
from comptoir.observatory.actions.loading import load_series, undo_batch
from comptoir.observatory.actions.register import (
    add_indicator,
    add_supplier,
    ask_for_values,
    change_indicator,
    change_supplier,
    close_collection,
    set_target,
    withdraw_indicator,
)

__all__ = [
    "add_indicator",
    "add_supplier",
    "ask_for_values",
    "change_indicator",
    "change_supplier",
    "close_collection",
    "give_values",
    "load_series",
    "remove_values",
    "set_target",
    "undo_batch",
    "withdraw_indicator",
]
