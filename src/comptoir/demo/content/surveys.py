"""The surveys of the demonstration: one of which counts are stopped, one that is open, one being written. Invented."""

from datetime import date

from comptoir.participation.enums import Channel

OPENED_ON, CLOSED_ON, STOPPED_ON = date(2026, 10, 12), date(2026, 11, 8), date(2026, 11, 16)
TITLE = "Votre quartier, un an après"
INTRODUCTION = (
    "Le contrat a un an. Dites-nous ce que vous voyez changer : l'équipe en parlera avec les élus en décembre."
)
PLACES = ("Cantepau", "Veyrières Rayssac", "Lapanouse")
CLEAN, KNOWS, WHERE = (
    "Dans votre quartier, depuis un an, la propreté, c'est…",
    "Savez-vous où trouver l'équipe du quartier ?",
    "Où l'avez-vous croisée ?",
)
MEETINGS = ("Au pied de l'immeuble", "À l'école", "À la maison de quartier", "À une fête")
REPAIR = "La dernière fois que vous avez signalé une panne, avez-vous eu une réponse ?"
REPAIRED = ("Oui, avec une date", "Oui, sans date", "Non, rien", "On m'a renvoyé ailleurs")
WORDS = "Une chose à faire d'abord ?"
# Where, how many answers, weights of « mieux, pareil, moins bien, je ne sais pas », share that knows the team, weights
# of the answers on repairs: few were sent elsewhere, and their number is hidden.
ANSWERED = (
    (0, 54, (30, 14, 7, 3), 0.7, (22, 16, 12, 2)),
    (1, 42, (8, 17, 13, 4), 0.5, (8, 14, 18, 2)),
    (2, 34, (13, 12, 6, 3), 0.6, (12, 10, 11, 1)),
)
CHANNELS = {Channel.QR: 5, Channel.LINK: 2, Channel.PAPER: 3}
SAID = (
    "Réparer la lumière du passage derrière la laverie.",
    "Un banc à l'ombre près de l'arrêt de bus, ma mère ne tient pas debout vingt minutes.",
    "Que les poubelles soient vidées le lundi, après le week-end ça déborde.",
    "Plus de permanences le samedi, en semaine je travaille.",
    "Le terrain de foot : les filets sont troués depuis le printemps.",
    "Répondre quand on signale quelque chose, même si c'est non.",
    "Des ateliers pour le téléphone et les papiers, ma voisine m'aide mais elle déménage.",
    "Laisser la salle ouverte aux jeunes après 19 h.",
)

NOW_TITLE = "La place du marché"
NOW_INTRODUCTION = "La place va être refaite. Quelques questions pour savoir par quoi commencer."
NOW_OPEN_FOR = 45  # days from the day the demonstration is built: somebody tries it that day
DRAFT_TITLE = "Les jeux des enfants"
