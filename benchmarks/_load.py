"""The spaces that pages are measured on: a usual one, and one of many notes, from one seed; notes for all others.

Rows are written through the models, in bulk: the same columns, defaults and folded copies as the actions write. The
words are made of parts of our own; a part of the notes repeats another one, nearly word for word, as in a real room.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from comptoir.accounts.actions import open_space, organisation_named
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.audit.models import Entry
from comptoir.spaces.models import Space
from comptoir.voices.actions import refresh_resemblances
from comptoir.voices.enums import ChangeKind, HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Change, ChangeStep, Heading, Rewording, Statement, Verbatim
from comptoir.workshops.actions import add_comptoir, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import Comptoir, Workshop

SEED = 20_261_122
PER_WORKSHOP = 1_000
USUAL = (520, 5_200)  # notes in the comptoir shown, in the space: 2 million notes over 385 contracts
CHUNK = 2_000
EMAIL = "mesures@exemple.invalid"
TABLES = ("Table 1", "Table 2", "Table 3", "Table 4", "")

_OPENINGS = (
    "Il faudrait", "On voudrait", "Ce serait bien d'avoir", "Pourquoi pas", "Nous demandons", "À quand",
    "Les voisins réclament", "Mes enfants aimeraient", "Il manque", "Plus jamais sans", "On attend toujours", "",
)  # fmt: skip
_THINGS = (
    "une pompe à vélo", "un abri pour les poussettes", "des bancs à l'ombre", "un jardin de plantes utiles",
    "une laverie partagée", "un atelier de couture", "un four à pain", "des cours de français le soir",
    "une permanence pour les papiers", "un ramassage des encombrants", "des lampes qui marchent", "une boîte à livres",
    "un médiateur après vingt heures", "un passage piéton surélevé", "des arbres fruitiers", "une salle pour répéter",
    "un accès au gymnase le dimanche", "une ligne de bus plus tardive", "des places en crèche", "un médecin de garde",
    "un composteur", "une aire de jeux pour les petits", "un terrain de basket refait", "un local pour les jeunes",
    "des toilettes ouvertes", "une fontaine à eau", "un marché du samedi", "un garage solidaire", "une ressourcerie",
    "un café des parents", "des sorties à la mer", "une aide aux devoirs", "un potager d'école", "un ciné en plein air",
    "des courses livrées aux anciens", "un panneau d'annonces lisible", "une cuisine commune", "un prêt d'outils",
    "des ascenseurs réparés vite", "un réveillon de quartier", "un poulailler", "des ateliers de réparation",
    "un bureau de poste", "une antenne de la mairie", "des horaires affichés", "un parcours de santé", "une fresque",
    "un gardien par immeuble", "une piste pour les trottinettes", "un coin calme pour lire",
)  # fmt: skip
_PLACES = (
    "derrière la halle", "au pied des tours", "près du collège", "place des Tilleuls", "le long du canal",
    "à l'entrée du parc", "dans l'ancienne école", "rue du Lavoir", "côté gare", "sous le préau", "au centre social",
    "devant la pharmacie", "allée des Roseaux", "dans chaque hall", "sur le parking vide", "au bout du tram",
    "quartier des Acacias", "à la Cité verte", "chemin de la Source", "en haut de la butte", "", "",
)  # fmt: skip
_TAILS = (
    "pour les familles", "pour les plus âgés", "ouvert à tous", "tenu par les habitants", "même en hiver",
    "avant l'été", "sans inscription", "le mercredi", "gratuit", "avec un vrai suivi", "et qu'on nous réponde",
    "comme dans l'autre quartier", "parce que rien n'a bougé depuis trois ans", "avec les associations", "", "", "",
)  # fmt: skip
_KINDS = {
    HeadingKind.INTEREST: 0.35, HeadingKind.TRY: 0.30, HeadingKind.PITFALL: 0.20, HeadingKind.INVENTION: 0.15,
}  # fmt: skip

Row = TypeVar("Row")


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def notes(count: int, seed: int) -> Iterator[str]:
    """`count` short French notes; about one in five says again, with a small change, one of the last two hundred."""
    chance = random.Random(seed)
    said: list[str] = []
    for _ in range(count):
        if said and chance.random() < 0.2:
            text = _again(chance, chance.choice(said))
        else:
            parts = (chance.choice(kind) for kind in (_OPENINGS, _THINGS, _PLACES, _TAILS))
            text = " ".join(part for part in parts if part)
        said.append(text)
        del said[:-200]
        yield text


def _again(chance: random.Random, text: str) -> str:
    change = chance.randrange(4)
    if change == 0:
        return f"{text} !"
    if change == 1:
        return text.lower()
    if change == 2:
        return f"Oui, {text}"
    words = text.split()
    place = chance.randrange(len(words))
    if len(words[place]) > 4:
        words[place] = words[place][:2] + words[place][3:]
    return " ".join(words)


def csv_of(count: int, seed: int) -> bytes:
    """The same kind of notes as a spreadsheet of the room's notes, to be imported."""
    chance = random.Random(seed)
    labels = [str(kind.label) for kind in _KINDS]
    rows = ["Table;Colonne;Note;Fois"]
    rows += [
        f"{chance.choice(TABLES[:4])};{chance.choice(labels)};{text};{1 + int(chance.random() < 0.1)}"
        for text in notes(count, seed)
    ]
    return "\n".join(rows).encode()


def build(notes_in_one: int, notes_in_all: int) -> tuple[Actor, Actor]:
    """The project lead in the usual space, then in the large one; built once for these sizes, found as it is after.

    Raises SystemExit when the database holds anything else: it is not ours to fill.
    """
    slugs = ("mesures-courant", f"mesures-{notes_in_one}-{notes_in_all}")
    rows = Membership.objects.select_related("space", "person").filter(space__slug__in=slugs, person__email=EMAIL)
    found = {row.space.slug: Actor.of(row) for row in rows}
    if len(found) == len(slugs):
        return found[slugs[0]], found[slugs[1]]
    if Space.objects.exists():
        raise SystemExit(
            "Cette base contient déjà un espace d'une autre taille ou d'un autre usage : prenez-en une vide."
        )
    with transaction.atomic():
        lead = Person.objects.create_user(email=EMAIL, name="Dominique Mesure")
        usual = _space(slugs[0], lead, min(USUAL[0], notes_in_one), min(USUAL[1], notes_in_all))
        large = _space(slugs[1], lead, notes_in_one, notes_in_all)
    analyse()
    return usual, large


def _space(slug: str, lead: Person, notes_in_one: int, notes_in_all: int) -> Actor:
    """Workshops of two comptoirs, then the last, of one: searched for resemblances, validated, published."""
    actor = open_space(
        slug=slug, name="Espace des mesures", lead=lead, organisation=organisation_named("Ville d'essai")
    )
    chance = random.Random(SEED)
    left, index, most = notes_in_all - notes_in_one, 0, min(PER_WORKSHOP, notes_in_one)
    while left > 0:
        size = min(most, left)
        _workshop(actor, chance, index, (size - size // 2, size // 2))
        left, index = left - size, index + 1
    last = _workshop(actor, chance, index, (notes_in_one,))
    for heading in Heading.objects.filter(occasion__comptoir__workshop=last):
        refresh_resemblances(heading)
    version = validate(actor=actor, workshop=last)
    leave_others(actor=actor, version=version)  # generated notes name nobody
    publish(actor=actor, version=version)
    return actor


def analyse() -> None:
    """What PostgreSQL does by itself in time. SQLite does not: it is measured without statistics, as it is used."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _workshop(actor: Actor, chance: random.Random, index: int, sizes: Sequence[int]) -> Workshop:
    day = date(2024, 1, 8) + timedelta(days=17 * index)
    workshop = open_workshop(actor=actor, title=f"Comptoir du quartier, rencontre {index + 1}", held_on=day)
    subjects = (Subject.RESIDENTS, Subject.SIGNATORIES)
    for size, subject in zip(sizes, subjects, strict=False):
        comptoir = add_comptoir(
            actor=actor, workshop=workshop, title=str(subject.label).capitalize(), subject=subject,
            speaker_kind=SpeakerKind.MIXED,
        )  # fmt: skip
        _lines(actor, chance, comptoir, size)
    return workshop


def _lines(actor: Actor, chance: random.Random, comptoir: Comptoir, size: int) -> None:
    """One line in six stands under an earlier one, one in thirty is a reported one, one in fifty is reworded."""
    headings = {HeadingKind(h.kind): h for h in comptoir.occasion.headings.all()}
    roots: dict[HeadingKind, list[Statement]] = {kind: [] for kind in headings}
    rank = 0
    for chunk in _chunks(notes(size, chance.randrange(2**32))):
        statements, verbatims, reworded = [], [], []
        for text in chunk:
            rank += 1
            kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0]
            line = Statement(space=actor.space, heading=headings[kind], position=rank)
            gathered = bool(roots[kind]) and chance.random() < 1 / 6
            line.root = chance.choice(roots[kind][-40:]) if gathered else line
            if not gathered:
                roots[kind].append(line)
            statements.append(line)
            if chance.random() < 1 / 30:
                line.reported_wording, line.reported_occurrences = text, chance.randint(1, 5)
                continue
            verbatims.append(_verbatim(actor, chance, comptoir, line, text))
            if chance.random() < 1 / 50:
                reworded.append(Rewording(statement=line, text=f"Demande : {text}", author_id=actor.person_id))
        Statement.objects.bulk_create(statements)
        Verbatim.objects.bulk_create(verbatims)
        Rewording.objects.bulk_create(reworded)
        for rewording in reworded:
            rewording.statement.rewording = rewording
        Statement.objects.bulk_update([r.statement for r in reworded], ["rewording"])
        _history(actor, comptoir, statements[::4])


def _verbatim(actor: Actor, chance: random.Random, comptoir: Comptoir, line: Statement, text: str) -> Verbatim:
    return Verbatim(
        space=actor.space, occasion=comptoir.occasion, statement=line, words=text, table=chance.choice(TABLES),
        tally=chance.choice((1, 1, 1, 1, 2, 3, 7)), speaker_kind=SpeakerKind.RESIDENTS,
        subject=comptoir.occasion.subject,
    )  # fmt: skip


def _history(actor: Actor, comptoir: Comptoir, lines: list[Statement]) -> None:
    """The changes and the journal that typing these lines by hand would have left."""
    changes = [Change(occasion=comptoir.occasion, kind=ChangeKind.ADD, actor_id=actor.person_id) for _ in lines]
    Change.objects.bulk_create(changes)
    ChangeStep.objects.bulk_create(
        ChangeStep(change=change, statement=line, state_before="void", state_after="live")
        for change, line in zip(changes, lines, strict=True)
    )
    Entry.objects.bulk_create(
        Entry(
            space=actor.space, actor_id=actor.person_id, organisation=actor.organisation, action="voices.add",
            label="Ajout", object_id=line.pk, within_id=comptoir.pk,
        )
        for line in lines
    )  # fmt: skip
