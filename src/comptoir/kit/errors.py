"""What an action may answer instead of doing: each is one French sentence, shown as it is."""

from comptoir.analysis.errors import ComptoirError, InputError

__all__ = ["ComptoirError", "Conflict", "Gone", "InputError", "Invalid", "Refused", "TooMany", "status_of"]


class Refused(ComptoirError):
    """The rule says no."""


class Conflict(ComptoirError):
    """Somebody else was faster, or the thing has already been done."""


class Gone(ComptoirError, FileNotFoundError):
    """It was there once: a link used, revoked or too old, a file erased on request or past its time."""


class Invalid(ComptoirError):
    """What was typed cannot be kept. `field` names the form field, where there is one."""

    def __init__(self, message: str, *, field: str | None = None):
        self.field = field
        super().__init__(message)


class TooMany(ComptoirError):
    """Tried too often; the sentence says when to come back."""


_STATUS: dict[type[ComptoirError], int] = {
    Refused: 403,
    Conflict: 409,
    Gone: 410,
    Invalid: 422,
    InputError: 422,
    TooMany: 429,
}


def status_of(error: ComptoirError) -> int:
    """The HTTP status that goes with an error of the family."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
