"""A spring comptoir, published with a masked quote, that the autumn one can be compared with; a template of one's own.

All words and people are invented.
"""

from datetime import date

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.workshops.actions import (
    add_comptoir,
    assign,
    decide_mask,
    leave_others,
    open_workshop,
    publish,
    save_cycle,
    save_template,
    validate,
)
from comptoir.workshops.models import Workshop
from comptoir.workshops.public import to_decide

DAY = date(2026, 3, 17)
MASKED = "Mme Roudier du hall C a dépanné tout l'étage, sans elle on était perdus"
NOTES: tuple[tuple[HeadingKind, int, str], ...] = (
    (HeadingKind.INTEREST, 2, "On se parle entre voisins, ça calme les histoires"),
    (HeadingKind.INTEREST, 1, MASKED),
    (HeadingKind.INTEREST, 1, "dire les choses en face, pas par courrier"),
    (HeadingKind.TRY, 3, "Le café du mardi, à garder"),
    (HeadingKind.TRY, 1, "un jardin partagé derrière la tour"),
    (HeadingKind.TRY, 1, "La balade avec les enfants de l'école"),
    (HeadingKind.PITFALL, 3, "promettre et pas tenir"),
    (HeadingKind.PITFALL, 2, "Se renvoyer la balle entre mairie, agglo et bailleur"),
    (HeadingKind.PITFALL, 2, "La salle fermée le soir, quand on peut venir"),
    (HeadingKind.PITFALL, 1, "encore un questionnaire, et après ?"),
    (HeadingKind.INVENTION, 2, "Un panneau dans chaque hall : ce qui est décidé, par qui"),
    (HeadingKind.INVENTION, 1, "une heure par mois avec quelqu'un qui peut décider"),
)


def build_workshops(lead: Actor) -> None:
    """The spring comptoir and the template."""
    workshop = open_workshop(
        actor=lead, title="Comptoir de printemps au pied de la tour", held_on=DAY, place="Hall de la maison de quartier"
    )
    table = add_comptoir(
        actor=lead, workshop=workshop, title="Élus et services", subject=Subject.ELECTED_OFFICIALS,
        speaker_kind=SpeakerKind.RESIDENTS,
    )  # fmt: skip
    columns = {heading.kind: heading for heading in table.occasion.headings.all()}
    for kind, tally, words in NOTES:
        voices.add_note(
            actor=lead, heading=columns[kind], words=words, tally=tally, table="Table 1",
            speaker_kind=SpeakerKind.RESIDENTS,
        )  # fmt: skip
    version = validate(actor=lead, workshop=workshop)
    for quote in to_decide(version):
        if quote.text == MASKED:
            statement, rewording = quote.key
            decide_mask(
                actor=lead, version=version, statement_id=statement, rewording_id=rewording, text=quote.proposed
            )
    leave_others(actor=lead, version=version)
    publish(actor=lead, version=version)
    cycle = save_cycle(actor=lead, name="Écoutes de 2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    for one in Workshop.objects.filter(space=lead.space, held_on__year=2026).order_by("pk"):
        assign(actor=lead, workshop=one, cycle=cycle)
    save_template(
        actor=lead, title="Permanence au marché",
        questions="Qu'est-ce qui vous amène ?\nQu'est-ce qui a changé depuis la dernière fois ?",
        columns={"residents": ["Ce qui va bien", "Ce qui bloque", "Invention à tester"]},
    )  # fmt: skip
