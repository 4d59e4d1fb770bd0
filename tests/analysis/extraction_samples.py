"""A contract written for these tests: what it commits whom to is marked by hand (gold), the rest commits nobody."""

from comptoir.analysis.documents import BulletList, Cell, Document, Heading, Paragraph, Table
from comptoir.analysis.extraction.commits import Named

SIGNATORIES = (
    Named("Ville de Val-Clair", ("la Ville",)),
    Named("Caisse d'allocations familiales", ("CAF", "la Caf")),
    Named("Département", ("le Département", "conseil départemental")),
    Named("Habitat d'Autan", ("le bailleur",)),
    Named("Préfecture", ("l'État", "le préfet")),
    Named("France Travail"),
)
PLACES = (Named("La Verrière", ("QN08101M",)), Named("Les Tilleuls", ("QN08102M",)))

# (paragraph, (signatory, words of the wording) of each commitment in it)
GOLD: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Le quartier de La Verrière compte 3 200 habitants, dont 40 % ont moins de 25 ans.", ()),
    ("La Ville s'engage à ouvrir une halte-garderie à La Verrière avant juin 2027.",
     (("Ville de Val-Clair", "Ouvrir une halte-garderie"),)),
    ("Le diagnostic a montré que les familles s'engagent peu dans les instances.", ()),
    ("Depuis 2019, le bailleur a rénové 120 logements aux Tilleuls.", ()),
    ("La CAF financera deux postes d'animateur, pour 64 000 € par an.",
     (("Caisse d'allocations familiales", "financera deux postes"),)),
    ("Le Département prend l'engagement de maintenir trois travailleurs sociaux de secteur.",
     (("Département", "Maintenir trois travailleurs sociaux"),)),
    ("Les habitants demandent un éclairage plus sûr et des bancs.", ()),
    ("Habitat d'Autan mettra à disposition un local de 60 m² au pied de la tour 4 au T1 2027. "
     "Les associations le géreront avec la régie.",
     (("Habitat d'Autan", "mettra à disposition un local"),)),
    ("France Travail tiendra une permanence chaque mardi à la maison de quartier.",
     (("France Travail", "tiendra une permanence"),)),
    ("La Ville ne s'engage pas sur le calendrier des travaux de la place.", ()),
    ("L'État pourrait compléter ce financement selon les crédits ouverts.", ()),
    ("Les signataires s'engagent à transmettre leurs données de suivi avant le 31 mars de chaque année.",
     (("", "Transmettre leurs données"),)),
    ("Le préfet désignera un référent unique pour la tranquillité publique d'ici fin 2026.",
     (("Préfecture", "désignera un référent"),)),
    ("Il est rappelé que la politique de la ville mobilise d'abord le droit commun.", ()),
    ("Le contrat de 2015 avait été signé par douze partenaires.", ()),
    ("En complément, la CAF participera au comité technique et, avec la Ville, évaluera l'action tous les ans.",
     (("Caisse d'allocations familiales", "participera au comité"),)),
    ("La participation des jeunes sera un enjeu de la période.", ()),
    ("Le bailleur réservera vingt places de stage par an aux jeunes des Tilleuls.",
     (("Habitat d'Autan", "réservera vingt places"),)),
    ("Qui prendra en charge l'entretien des jardins partagés ?", ()),
    ("Le budget total est estimé à 1,2 M€ sur six ans.", ()),
    ("L'agglomération réunira les partenaires une fois par trimestre.", (("", "réunira les partenaires"),)),
    ("La mission locale accompagne 300 jeunes chaque année.", ()),
)  # fmt: skip
LIST_LEAD = "La Ville s'engage, au titre du droit commun, à :"
LIST = (
    "prolonger les horaires de la médiathèque de deux heures par semaine ;",
    "affecter 1,5 ETP de médiation aux Tilleuls dès la rentrée 2026 ;",
    "rendre compte de ces points au conseil citoyen.",
)
ROWS = (
    ("Caisse d'allocations familiales", "Renouveler l'agrément du centre social", "30/06/2027", "85 000 €"),
    ("Département", "Ouvrir une consultation de protection maternelle à La Verrière", "2e semestre 2027", "0,5 ETP"),
)
OTHER_TABLE = (("Population", "3 200"), ("Ménages", "1 350"))


def contract() -> Document:
    cells = lambda row: tuple(Cell((text,)) for text in row)  # noqa: E731  # one line, used twice below
    return Document(
        "Contrat de ville de Val-Clair",
        (
            Heading(1, "Ce qui est prévu"),
            *(Paragraph(text) for text, _ in GOLD),
            Heading(1, "La Ville"),
            Paragraph(LIST_LEAD),
            BulletList(LIST),
            Heading(1, "Tableau des engagements"),
            Table("Engagements", ("Signataire", "Engagement", "Échéance", "Moyens"), tuple(map(cells, ROWS))),
            Table("Chiffres", ("Indicateur", "Valeur"), tuple(map(cells, OTHER_TABLE))),
        ),
    )
