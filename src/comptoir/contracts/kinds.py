"""What each kind of signatory usually does: legal competences, levers of mainstream policy, bodies where it sits.

They are proposals to start from, shown as such, kept only when somebody takes them up: laws and habits prevail.
The first fourteen are those of the workshop's list « Qui ? », in its order and words; the last four complete it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comptoir.accounts.enums import OrganisationKind as Kind
from comptoir.contracts.enums import Part

D, F, M, I = Part.DECIDES, Part.FUNDS, Part.IMPLEMENTS, Part.INFORMS  # noqa: E741  # the letters of the matrix


@dataclass(frozen=True, slots=True)
class KindSheet:
    """`asked_as`: the word of the workshop's list. `parts`: sub-theme -> usual parts."""

    kind: Kind
    asked_as: str
    competences: str
    levers: str
    bodies: str
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)


SHEETS: tuple[KindSheet, ...] = (
    KindSheet(
        Kind.DEPARTMENT, "Département",
        "Action sociale et insertion (RSA), protection maternelle et infantile, aide à l'enfance, autonomie, collèges.",
        "Travailleurs sociaux de secteur, prévention spécialisée, fonds de solidarité logement, collèges.",
        "Comité de pilotage ; comité local de prévention ; conférence des financeurs de l'autonomie.",
        {"2.2": (D, M), "4.1": (F,), "5.1": (F, M), "1.2": (F,), "2.3": (M,)},
    ),
    KindSheet(
        Kind.LANDLORD, "Bailleurs",
        "Loger, entretenir, gérer les immeubles et leurs abords ; accompagner les locataires.",
        "Actions en contrepartie de l'abattement de taxe foncière (TFPB), gardiens, travaux, locaux associatifs.",
        "Comité de pilotage ; gestion urbaine et sociale de proximité ; commission d'attribution des logements.",
        {"3.1": (M, F), "3.3": (F,), "3.4": (M,), "3.2": (I,), "6.2": (M,)},
    ),
    KindSheet(
        Kind.FAMILY_FUND, "CAF",
        "Prestations familiales, de logement et de solidarité ; petite enfance, parentalité, vie sociale.",
        "Convention territoriale globale, agrément des centres sociaux, aide à la scolarité, vacances.",
        "Comité de pilotage ; comité de la convention territoriale globale ; schéma des services aux familles.",
        {"2.2": (F,), "2.3": (M,), "1.2": (F,), "4.4": (F,), "4.1": (F,)},
    ),
    KindSheet(
        Kind.TOWNS_COUNCIL, "Conseil de communes",
        "Réunit les communes d'un même territoire pour s'accorder ; chaque commune garde ses compétences.",
        "Mutualisation de moyens et de personnels entre communes.",
        "Conférence des maires ; comité de pilotage.",
        {"6.3": (I,), "6.4": (F,)},
    ),
    KindSheet(
        Kind.STATE, "État",
        "Pilote le contrat avec l'intercommunalité et les maires : préfet, délégué du préfet, services de l'État.",
        "Crédits de la politique de la ville (programme 147), adultes-relais, postes Fonjep, service civique.",
        "Copréside le comité de pilotage ; comité de programmation ; comité local de sécurité.",
        {"6.3": (D, F), "6.1": (F,), "3.2": (D, M), "3.3": (F,), "1.1": (F,), "1.3": (F,), "5.2": (F,), "2.4": (M,)},
    ),
    KindSheet(
        Kind.TOWN, "Ville",
        "Écoles, périscolaire, petite enfance, équipements sportifs et culturels, voirie, police municipale, CCAS.",
        "Services de la ville, subventions aux associations, prêts de salles, CCAS, médiathèques.",
        "Comité de pilotage ; conseil local de sécurité et de prévention, que le maire préside ; conseils de quartier.",
        {"3.1": (D, M), "4.1": (D, M), "4.2": (D, M), "4.3": (D, M), "6.2": (D, M), "6.1": (F,), "1.2": (M,),
         "2.2": (M,), "3.2": (M,)},
    ),
    KindSheet(
        Kind.HEALTH_AGENCY, "ARS",
        "Organise et finance l'offre de soins et la prévention dans la région.",
        "Contrat local de santé, conseil local de santé mentale, médiation en santé, fonds d'intervention régional.",
        "Comité du contrat local de santé ; comité de pilotage.",
        {"2.1": (D, F)},
    ),
    KindSheet(
        Kind.EDUCATION, "Éducation Nationale",
        "Enseignement, orientation, éducation prioritaire, santé scolaire.",
        "Réseaux d'éducation prioritaire, dispositifs d'accompagnement et de réussite, stages, assistants sociaux.",
        "Comité de la cité éducative ; équipe de réussite éducative ; comité de pilotage.",
        {"1.2": (D, M), "1.3": (D, M), "1.4": (D, M), "1.1": (M,)},
    ),
    KindSheet(
        Kind.EMPLOYMENT, "France travail",
        "Accueil, accompagnement et indemnisation des demandeurs d'emploi ; aide au recrutement.",
        "Formations, aides au retour à l'emploi, accompagnement global avec le département, forums de recrutement.",
        "Comité local pour l'emploi ; comité de pilotage.",
        {"5.1": (M, F), "5.2": (M,), "5.3": (I,)},
    ),
    KindSheet(
        Kind.CHAMBER, "CCI",
        "Représente et accompagne le commerce, l'industrie et les services ; appui à la création d'entreprise.",
        "Conseil aux créateurs, appui aux commerçants et à leurs associations, apprentissage.",
        "Comité de pilotage ; groupe « développement économique ».",
        {"5.4": (M,), "5.5": (M,), "5.3": (I,)},
    ),
    KindSheet(
        Kind.METROPOLIS, "Métropole",
        "Pilote le contrat ; habitat, voirie, transports, développement économique, eau, déchets, énergie.",
        "Programme local de l'habitat, renouvellement urbain, clauses d'insertion, transports, propreté.",
        "Copréside le comité de pilotage ; conférence du logement ; comité de programmation.",
        {"6.3": (D, F), "3.1": (D, M), "3.4": (D, M), "5.4": (D, F), "6.1": (F,)},
    ),
    KindSheet(
        Kind.INTERCOMMUNALITY, "Communauté de communes",
        "Pilote le contrat quand elle a la compétence ; habitat, transports, développement économique, déchets.",
        "Programme local de l'habitat, renouvellement urbain, clauses d'insertion, transports.",
        "Copréside le comité de pilotage ; conférence du logement ; comité de programmation.",
        {"6.3": (D, F), "3.4": (D, M), "5.4": (D, F), "6.1": (F,), "3.1": (F,)},
    ),
    KindSheet(
        Kind.PROSECUTOR, "Procureur",
        "Dirige l'action pénale : poursuites, alternatives aux poursuites, aide aux victimes, accès au droit.",
        "Rappels à l'ordre, travaux d'intérêt général, point-justice, groupe local de traitement de la délinquance.",
        "Conseil local de sécurité et de prévention ; pôle antidiscrimination.",
        {"3.2": (D,), "2.4": (D,)},
    ),
    KindSheet(
        Kind.CULTURE, "DRAC",
        "Politique culturelle de l'État en région : création, patrimoine, éducation artistique et culturelle.",
        "Résidences d'artistes, appels à projets, contrats locaux d'éducation artistique.",
        "Comité de pilotage ; comité du contrat local d'éducation artistique.",
        {"4.2": (F, I)},
    ),
    KindSheet(
        Kind.REGION, "Région",
        "Formation professionnelle, lycées, transports régionaux, développement économique, fonds européens.",
        "Formations qualifiantes, fonds européens pour les quartiers, aides aux lycéens, aides à la création.",
        "Comité de pilotage ; comité régional de l'emploi et de la formation.",
        {"5.1": (D, F), "1.4": (F,), "5.4": (F,), "5.5": (F,)},
    ),
    KindSheet(
        Kind.HEALTH_FUND, "CPAM",
        "Assurance maladie : remboursements, complémentaire santé solidaire, accès aux soins, prévention.",
        "Lutte contre le renoncement aux soins, examens de santé, aides individuelles.",
        "Comité du contrat local de santé.",
        {"2.1": (M, F), "2.3": (M,)},
    ),
    KindSheet(
        Kind.PENSION_FUND, "CARSAT",
        "Retraite du régime général, prévention des risques au travail, action sociale pour les retraités.",
        "Aides au maintien à domicile, actions collectives de prévention, accompagnement des fragilités.",
        "Conférence des financeurs de l'autonomie.",
        {"2.3": (M,), "2.1": (I,)},
    ),
    KindSheet(
        Kind.PUBLIC_BANK, "Banque des Territoires",
        "Finance et conseille les projets des territoires : prêts, investissements, ingénierie.",
        "Crédits d'ingénierie, prêts au renouvellement urbain, appui à l'entrepreneuriat des quartiers.",
        "Comité de pilotage ; comité du renouvellement urbain.",
        {"6.3": (F,), "5.5": (F,), "5.4": (F,), "3.4": (F,)},
    ),
)  # fmt: skip
BY_KIND: dict[str, KindSheet] = {sheet.kind: sheet for sheet in SHEETS}
ASKED = SHEETS[:14]  # « Qui ? », as the workshop wrote it


def usual_parts(kind: str) -> Mapping[str, tuple[Part, ...]]:
    """Sub-theme -> parts that this kind of organisation usually holds; none where we propose nothing."""
    sheet = BY_KIND.get(kind)
    return sheet.parts if sheet else {}
