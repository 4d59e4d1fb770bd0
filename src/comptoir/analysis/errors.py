"""The error family. Every message is one French sentence: what, where, what to do."""


class ComptoirError(Exception):
    """Something that a person can understand and mend. `str(error)` is the French sentence to show."""


class InputError(ComptoirError):
    """A file or a text that cannot be read as asked.

    `line` and `column` count from 1 in the person's own file; None where the place is not known.
    """

    def __init__(self, message: str, *, source: str = "", line: int | None = None, column: str | int | None = None):
        self.source, self.line, self.column = source, line, column
        self.reason = message
        place = [source] if source else []
        if line is not None:
            place.append(f"ligne {line}")
        if column is not None:
            place.append(f"colonne {column}")
        super().__init__(f"{', '.join(place)} : {message}" if place else message)
