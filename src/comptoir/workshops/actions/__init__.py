"""What is done to workshops: opening, importing, rereading, publishing."""

from comptoir.workshops.actions.cycles import assign, save_cycle
from comptoir.workshops.actions.echoes import set_silence
from comptoir.workshops.actions.imports import confirm_import, receive, set_choices
from comptoir.workshops.actions.masks import decide_mask, leave_others
from comptoir.workshops.actions.syntheses import publish, validate
from comptoir.workshops.actions.templates import save_template, withdraw_template
from comptoir.workshops.actions.undoing import void_import
from comptoir.workshops.actions.workshops import (
    add_comptoir,
    change_workshop,
    open_workshop,
    open_workshops,
    withdraw_workshops,
)

__all__ = [
    "add_comptoir",
    "assign",
    "change_workshop",
    "confirm_import",
    "decide_mask",
    "leave_others",
    "open_workshop",
    "open_workshops",
    "publish",
    "receive",
    "save_cycle",
    "save_template",
    "set_choices",
    "set_silence",
    "validate",
    "void_import",
    "withdraw_template",
    "withdraw_workshops",
]
