"""The contract of the demonstration. People and promises are invented; the agglomeration too."""

from dataclasses import dataclass
from datetime import date

SIGNED = date(2024, 6, 28)


@dataclass(frozen=True, slots=True)
class DemoContact:
    """Someone at a signatory. `unit`: the service they are referent of; `since`: empty when they are no referent."""

    name: str
    position: str
    email: str
    phone: str = ""
    since: date | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DemoSignatory:
    """`key`: an organisation of the demonstration. `usual`: it has taken up the parts of its kind."""

    key: str
    missions: str
    contacts: tuple[DemoContact, ...] = ()
    units: tuple[str, ...] = ()
    usual: bool = True
    signed: bool = True
    reached_at: str = ""


@dataclass(frozen=True, slots=True)
class DemoOther:
    """An organisation that only the contract names."""

    key: str
    name: str
    short_name: str
    kind: str


OTHERS: tuple[DemoOther, ...] = (
    DemoOther("ars", "Agence de santé, délégation locale", "ARS", "health_agency"),
    DemoOther("cpam", "Caisse d'assurance maladie", "CPAM", "health_fund"),
    DemoOther("region", "Conseil régional", "Région", "region"),
    DemoOther("cci", "Chambre de commerce et d'industrie", "CCI", "chamber"),
    DemoOther("procureur", "Parquet", "Parquet", "prosecutor"),
    DemoOther("banque", "Banque des Territoires", "BDT", "public_bank"),
)


def _at(organisation: str, name: str) -> str:
    return f"{name}@{organisation}.example"


SIGNATORIES: tuple[DemoSignatory, ...] = (
    DemoSignatory(
        "agglo", "Pilote le contrat : habitat, transports, développement économique, déchets.",
        (
            DemoContact("Maëlle N'Dour-d'Escalès", "Cheffe de projet politique de la ville", "maelle@comptoir.example",
                        "05 00 00 01 10", date(2024, 9, 2)),
            DemoContact("Ronan Estève-Diallo", "Directeur de l'habitat", _at("agglo", "ronan"), "05 00 00 01 22",
                        date(2025, 1, 6), "Direction de l'habitat"),
            DemoContact("Hinda Pradelous", "Chargée de la gestion urbaine de proximité", _at("agglo", "hinda")),
        ),
        ("Direction de l'habitat", "Direction des mobilités"), reached_at="Accueil de l'agglomération, 05 00 00 01 00",
    ),
    DemoSignatory(
        "albi", "Écoles, périscolaire, équipements de quartier, médiathèques, police municipale.",
        (DemoContact("Clovis Amrani-Roques", "Directeur de la cohésion sociale", _at("albi", "clovis"),
                     "05 00 00 02 31", date(2024, 7, 1)),),
        ("Direction de la jeunesse",),
    ),
    DemoSignatory(
        "carmaux", "Centre social municipal, médiation, équipements sportifs.",
        (DemoContact("Yacine Belcastel", "Médiateur", "yacine@comptoir.example", "06 00 00 03 12", date(2025, 3, 3)),),
    ),
    DemoSignatory(
        "bailleur", "Loge, entretient, améliore les immeubles et leurs abords.",
        (
            DemoContact("Solène Kaddour-L'Estrade", "Référente du contrat", "solene@comptoir.example",
                        "05 00 00 04 18", date(2025, 9, 1)),
            DemoContact("Gaspard Oulhaci", "Responsable de l'agence de Cantepau", _at("bailleur", "gaspard"),
                        "05 00 00 04 25"),
        ),
    ),
    DemoSignatory(
        "prefecture", "Crédits de la politique de la ville, adultes-relais, délégué du préfet sur le terrain.",
        (DemoContact("Bérengère Tchicaya", "Déléguée du préfet", _at("prefecture", "berengere"), "05 00 00 05 40",
                     date(2024, 7, 1)),),
    ),
    DemoSignatory(
        "departement", "Action sociale, insertion, protection maternelle et infantile, collèges.",
        (DemoContact("Firmin Labarthe-Sow", "Responsable de la maison des solidarités", _at("departement", "firmin"),
                     "05 00 00 06 07", date(2024, 11, 4)),),
    ),
    DemoSignatory(
        "caf", "Petite enfance, parentalité, centres sociaux, accès aux droits.",
        (DemoContact("Çağla Ménardès", "Chargée de mission", "cagla@comptoir.example", "", date(2025, 2, 3)),),
    ),
    DemoSignatory(
        "education", "Réussite des élèves, cité éducative, orientation.",
        (DemoContact("Prune Hadj-Vayssière", "Coordonnatrice de la cité éducative", _at("education", "prune"),
                     "05 00 00 08 16", date(2024, 9, 2)),),
    ),
    DemoSignatory(
        "emploi", "Accompagner vers l'emploi et la formation.",
        (DemoContact("Isidore Benkemoun", "Conseiller des quartiers", _at("emploi", "isidore"), "05 00 00 09 33",
                     date(2025, 5, 5)),),
    ),
    DemoSignatory(
        "ars", "Offre de soins, prévention, contrat local de santé.",
        (DemoContact("Nour Castelviel", "Déléguée", _at("ars", "nour"), "05 00 00 10 02", date(2024, 10, 1)),),
    ),
    DemoSignatory("cpam", "Accès aux soins, complémentaire santé, prévention."),
    DemoSignatory("region", "Formation, lycées, transports, fonds européens.", usual=False),
    DemoSignatory("cci", "Appui aux commerçants et aux créateurs.", usual=False, signed=False),
    DemoSignatory("banque", "Ingénierie, prêts, entrepreneuriat des quartiers.", usual=False),
)  # fmt: skip

Tree = tuple[tuple[str, str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]
OBJECTIVES: Tree = (
    ("Vivre en bonne santé, près de chez soi", "2.1", (
        ("Réduire le renoncement aux soins", "2.1", (
            "Tenir une permanence de santé par quartier, chaque semaine",
            "Accompagner les premières démarches de complémentaire santé",
        )),
    )),
    ("Habiter un quartier entretenu et tranquille", "3.1", (
        ("Répondre vite aux pannes et aux désordres", "3.1", (
            "Dire à chaque locataire, sous dix jours, ce qui sera fait et quand",
            "Faire deux marches exploratoires par an et par quartier",
        )),
        ("Rendre les places et les pieds d'immeuble aux habitants", "3.3", ("Ouvrir un local partagé à Cantepau",)),
    )),
    ("Grandir, apprendre, travailler", "1.2", (
        ("Ne laisser aucun jeune sans solution", "1.4", ("Trouver un stage à chaque élève de troisième",)),
        ("Rapprocher l'emploi des quartiers", "5.1", ("Tenir un forum de recrutement par an dans chaque quartier",)),
    )),
    ("Décider avec les habitants", "6.2", (
        ("Dire ce que deviennent les paroles", "6.2", ("Répondre à chaque comptoir dans les trois mois",)),
    )),
)  # fmt: skip

REWORDED = (
    "Réduire le renoncement aux soins",
    "Réduire de moitié le renoncement aux soins dans les cinq quartiers d'ici 2030",
    "Demandé au comité de pilotage : un objectif que l'on puisse vérifier.",
)
PROPOSED = (
    "Dire à chaque locataire, sous dix jours, ce qui sera fait et quand",
    "Dire à chaque locataire, sous cinq jours ouvrés, ce qui sera fait, par qui et quand",
    "Dix jours, c'est trop long pour une panne d'ascenseur.",
)
