"""Notes made by program, with the group of each known: a second vocabulary, other noise than the shared generator.

A group is one statement: what, for whom, where, when, sometimes a number. Groups often differ by one word. Notes of a
group differ by word order, filler, number, accents, case, abbreviations, synonyms and slips.
"""

import bisect
import itertools
import random
import unicodedata

WHAT = [
    ["cours de cuisine", "atelier cuisine", "leçons de cuisine"], ["atelier théâtre", "cours de théâtre"],
    ["sortie à la mer", "sorties à la mer"], ["tournoi de futsal", "tournois de futsal"], ["chorale"],
    ["permanence de l'avocat", "permanences de l'avocat"], ["consultation de nourrissons"], ["ludothèque"],
    ["distribution de paniers"], ["vide-grenier", "brocante"], ["bal masqué", "bals masqués"],
    ["concert de raï", "concerts de raï"], ["cours d'arabe"], ["cours d'espagnol"], ["initiation au judo"],
    ["initiation à la lutte"], ["séance de relaxation", "séances de relaxation"], ["café des parents"],
    ["groupe de parole", "groupes de parole"], ["visite du musée", "visites du musée"], ["nuit du conte"],
    ["stage de cirque", "stages de cirque"], ["balade urbaine", "promenade urbaine"], ["repas de rue"],
    ["ciné-débat", "ciné-débats"], ["jeu de piste", "jeux de piste"], ["collecte de jouets", "collectes de jouets"],
    ["atelier poterie", "ateliers poterie"], ["match de gala"], ["exposition de photos", "expo photo"],
    ["réunion publique", "réunions publiques"], ["grande lessive"], ["course d'orientation"], ["radio de quartier"],
    ["journal des habitants"], ["bourse aux vêtements", "troc de vêtements"], ["soirée karaoké", "soirées karaoké"],
    ["école de devoirs"], ["goûter philo", "goûters philo"], ["dépistage du diabète"], ["fournil partagé"],
]  # fmt: skip
DO = [
    ["organiser", "monter", "programmer"], ["déplacer", "décaler"], ["annuler"], ["doubler"], ["relancer", "reprendre"],
    ["filmer"], ["gratuité pour", "rendre gratuit"],
]  # fmt: skip
WHERE = [
    "aux Minguettes", "à Beaulieu", "à la Duchère", "au Val-Fourré", "à Malakoff", "à Hautepierre", "aux Izards",
    "à Bacalan", "à Planoise", "à Kercado", "au Mirail", "à Montchovet", "aux Bleuets", "aux Sablons", "à Borny",
    "à Bellevue", "à la Rabière", "au Sillon", "aux Cévennes", "à Pontanézen", "à Saige", "à Empalot", "à Orgemont",
    "à la Noue", "aux Fougères", "à Gerland", "au Clou-Bouchet", "à Ozanam", "au Polygone", "à Saint-Mauront",
]  # fmt: skip
WHO = [
    "pour les lycéens", "pour les collégiens", "pour les nouveaux arrivants", "pour les assistantes maternelles",
    "pour les bénévoles", "pour les grands-mères", "pour les apprentis", "pour les commerçants",
]  # fmt: skip
WHEN = ["le lundi", "le mardi", "le jeudi", "en août", "à la Toussaint", "en février", "avant Noël", "après 19 h"]
FILL = ["franchement ", "dans l'idéal ", "moi je dis : ", "ma voisine propose de ", "et si on pouvait ", "à mon avis "]
END = [" ça serait top", " on y tient", " rapidement", " !", " ...", " depuis le temps qu'on en parle"]
Idea = tuple[int, int, int, int, int]


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def _slip(text: str, chance: random.Random) -> str:
    at = chance.randrange(0, len(text) - 1)
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case 2:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case _:
            return text[:at] + chance.choice("abcdefghilmnoprstuv") + text[at + 1 :]


def _said(idea: Idea, chance: random.Random) -> str:
    do, what, where, who, when = idea
    verb = DO[do][0] if chance.random() < 0.6 else chance.choice(DO[do])
    thing = WHAT[what][0] if chance.random() < 0.75 else chance.choice(WHAT[what])
    parts = [f"{verb} {chance.choice(['un ', 'des ', 'une ', 'le ', ''])}{thing}"]
    rest = [
        s
        for s in (WHERE[where] if where >= 0 else "", WHO[who] if who >= 0 else "", WHEN[when] if when >= 0 else "")
        if s
    ]
    chance.shuffle(rest)
    if rest and chance.random() < 0.2:
        parts = [rest.pop() + ", ", *parts]
    text = " ".join([*parts, *rest]).replace(" ,", ",")
    if chance.random() < 0.25:
        text = chance.choice(FILL) + text
    if chance.random() < 0.2:
        text += chance.choice(END)
    for _ in range(chance.choices((0, 1, 2), (0.6, 0.32, 0.08))[0]):
        text = _slip(text, chance)
    if chance.random() < 0.35:
        text = _plain(text)
    shape = chance.random()
    return text.upper() if shape < 0.06 else text.lower() if shape < 0.4 else text[:1].upper() + text[1:]


def notes(count: int, seed: int) -> tuple[list[int], list[str]]:
    """The group and the words of each of `count` notes; sizes of groups are far from equal."""
    chance = random.Random(seed * 7_919 + count)
    wanted = max(15, int(0.9 * count**0.8))
    ideas: dict[Idea, None] = {}
    while len(ideas) < wanted:
        idea = (
            chance.randrange(len(DO)),
            chance.randrange(len(WHAT)),
            chance.randrange(len(WHERE)) if chance.random() < 0.8 else -1,
            chance.randrange(len(WHO)) if chance.random() < 0.4 else -1,
            chance.randrange(len(WHEN)) if chance.random() < 0.4 else -1,
        )
        ideas[idea] = None
    known = list(ideas)
    share = list(itertools.accumulate(1 / (k + 2) ** 0.8 for k in range(len(known))))
    groups = [bisect.bisect(share, chance.random() * share[-1]) for _ in range(count)]
    return groups, [_said(known[group], chance) for group in groups]
