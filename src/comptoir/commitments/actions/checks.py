"""What every action on commitments asks first."""

from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_edit, may_tell
from comptoir.kit.errors import Conflict, Invalid, Refused

MAX_WORDS = 3_000
YEARS = range(2000, 2100)


def check_may_edit(actor: Actor, commitment: Commitment) -> None:
    if not may_edit(actor, commitment):
        raise Refused("Seuls la conduite du projet et le référent du signataire modifient cet engagement.")
    check_there(commitment)


def check_may_tell(actor: Actor, commitment: Commitment) -> None:
    if not may_tell(actor, commitment):
        raise Refused("Seuls l'équipe et le référent du signataire disent où en est cet engagement.")
    check_there(commitment)


def check_there(commitment: Commitment) -> None:
    if commitment.withdrawn_at is not None:
        raise Conflict("Cet engagement a été retiré entre-temps. Rechargez la page.")


def words(text: str, field: str, sentence: str, most: int = MAX_WORDS) -> str:
    """A text that says something and does not go on for ever."""
    text = text.strip().replace("\x00", "")
    if not text:
        raise Invalid(sentence, field=field)
    if len(text) > most:
        raise Invalid(f"Ce texte dépasse {most} caractères : raccourcissez-le.", field=field)
    return text


def check_year(year: int | None, field: str = "year") -> None:
    if year is not None and year not in YEARS:
        raise Invalid("Une année s'écrit avec quatre chiffres, par exemple 2027.", field=field)
