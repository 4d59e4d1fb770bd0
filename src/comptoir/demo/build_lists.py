"""The demonstration's part of imports: next year's calendar has come from a colleague, and waits to be verified."""

from comptoir.accounts.models import Actor
from comptoir.analysis.tables.writing import xlsx_table
from comptoir.imports.actions import receive
from comptoir.workshops.calendar import CALENDAR

HEADERS = ("Intitulé", "Jour", "Salle", "Remarque")
ROWS = (
    ("Comptoir des familles", "14/01/2027", "Maison de quartier des Tilleuls", "garde d'enfants à prévoir"),
    ("Comptoir des commerçants", "04/02/2027", "Arrière-salle du Café du Mail", None),
    ("Comptoir des jeunes", "11/03/2027", "Gymnase Louise-Michel", "avec la mission locale"),
    ("Comptoir des signataires", "printemps", "Hôtel d'agglomération", "date à fixer"),
)


def build_lists(lead: Actor) -> None:
    """Three comptoirs to come, and one whose date cannot be read: the preview says so."""
    content = xlsx_table("Calendrier 2027", HEADERS, ROWS)
    receive(
        actor=lead, kind=CALENDAR, content=content, name="Calendrier des comptoirs 2027.xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip
