"""Words that someone asked to have erased, in what was frozen: the quote is emptied, the count and the seal stay."""

from comptoir.analysis.text import fold
from comptoir.evaluation.frozen import quotes_in
from comptoir.evaluation.models import Restitution
from comptoir.voices.models import Statement


def quoting(statement: Statement, words: str, shortest: int) -> list[Restitution]:
    """The frozen states that quote a line, or contain its words where they are `shortest` signs or more.

    The quotes are already emptied in what is given: save their `content`.
    """
    folded = fold(words)
    found = []
    for one in Restitution.objects.filter(space=statement.space).order_by("pk"):
        hit = False
        for quote in quotes_in(one.content):
            said = quote["statement"] == str(statement.pk) or (
                len(folded) >= shortest and folded in fold(quote["text"])
            )
            if said and quote["text"]:
                quote["text"], quote["salt"], hit = "", "", True
        if hit:
            found.append(one)
    return found
