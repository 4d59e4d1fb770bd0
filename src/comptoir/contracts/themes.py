"""The themes of programme 147, generation 2024: what competences and objectives are filed under.

Source: ANCT (service cartographie), national list of themes and sub-themes, Licence Ouverte 2.0. `words` are ours: how
people ask for it, to be found by the search of « Qui fait quoi ».
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """`code` is « 2 » for a theme, « 2.1 » for a sub-theme."""

    code: str
    label: str
    words: str = ""

    @property
    def parent(self) -> str:
        """The code of the theme that a sub-theme belongs to; its own for a theme."""
        return self.code.split(".")[0]

    @property
    def is_sub(self) -> bool:
        return "." in self.code


THEMES: tuple[Theme, ...] = (
    Theme("1", "Éducation"),
    Theme("1.1", "Programme de réussite éducative (PRE)", "enfant en difficulté, parcours individuel, école, famille"),
    Theme("1.2", "Soutien à la scolarité", "aide aux devoirs, école, collège, élève, soutien scolaire, rentrée"),
    Theme("1.3", "Cités éducatives", "école, collège, alliance éducative, petite enfance, périscolaire"),
    Theme("1.4", "Persévérance scolaire et accès à des études supérieures",
          "décrochage, orientation, lycée, stage de troisième, université, études"),
    Theme("2", "Accès aux droits"),
    Theme("2.1", "Santé", "médecin, soin, psychologue, hôpital, mutuelle, prévention, addiction, vaccination"),
    Theme("2.2", "Soutien à la parentalité", "parents, petite enfance, crèche, garde d'enfants, PMI, famille"),
    Theme("2.3", "Citoyenneté", "papiers, démarches, droits, numérique, langue, laïcité, allocations, prestations"),
    Theme("2.4", "Prévention et lutte contre les discriminations liées à l'origine et à l'adresse",
          "discrimination, racisme, injustice, adresse, recours"),
    Theme("3", "Cadre de vie, sociabilité et transitions"),
    Theme("3.1", "Cadre de vie",
          "logement, ascenseur, charges, hall, propreté, déchets, encombrants, éclairage, voirie, bancs, bailleur"),
    Theme("3.2", "Tranquillité et sûreté publique", "sécurité, police, bruit, rodéos, deal, plainte, violence"),
    Theme("3.3", "Médiation sociale", "médiateur, adulte-relais, conflit, voisinage, présence de rue"),
    Theme("3.4", "Transitions", "énergie, chaleur, jardin, arbres, climat, rénovation, vélo, transport, compost"),
    Theme("4", "Jeunesse, accès à la culture, aux sports et aux loisirs"),
    Theme("4.1", "Jeunesse", "jeunes, ados, local jeunes, animation, service civique, prévention spécialisée"),
    Theme("4.2", "Culture et expression artistique", "musique, théâtre, médiathèque, artiste, spectacle, fête"),
    Theme("4.3", "Sports", "gymnase, club, terrain, stade, piscine, équipement sportif"),
    Theme("4.4", "Vacances et loisirs", "sorties, été, séjour, vacances, loisirs, famille"),
    Theme("5", "Emploi et développement économique"),
    Theme("5.1", "Emploi", "travail, formation, chômage, insertion, mission locale, CV, RSA, alternance"),
    Theme("5.2", "Cités de l'emploi", "emploi, accompagnement, aller vers, partenaires de l'emploi"),
    Theme("5.3", "Engagement des entreprises et PAQTE", "entreprise, stage, mécénat, recrutement, clauses"),
    Theme("5.4", "Attractivité et développement économique", "commerce, commerçants, marché, locaux, zone franche"),
    Theme("5.5", "Entrepreneuriat Quartiers 2030", "créer son entreprise, entrepreneur, micro-crédit, Bpifrance"),
    Theme("6", "Soutien aux acteurs de la politique de la ville"),
    Theme("6.1", "Soutien à l'initiative associative", "association, subvention, bénévoles, local associatif"),
    Theme("6.2", "Participation des habitants", "conseil citoyen, budget participatif, fonds de participation, avis"),
    Theme("6.3", "Pilotage, ingénierie, ressources et évaluations", "contrat, évaluation, suivi, observation"),
    Theme("6.4", "Structures mutualisatrices", "mutualisation, emploi associatif, moyens partagés"),
)  # fmt: skip
BY_CODE = {theme.code: theme for theme in THEMES}
SUB_THEMES = tuple(theme for theme in THEMES if theme.is_sub)
THEME_CHOICES = [(theme.code, theme.label) for theme in THEMES]
