"""What the tests of `comptoir.analysis.documents` share: documents, all sentences invented, and a reader of pages."""

import io
from html.parser import HTMLParser

from PIL import Image

from comptoir.analysis.documents import (
    BulletList,
    Cell,
    Document,
    Heading,
    Logo,
    Look,
    Paragraph,
    Records,
    Table,
)


def logo(width: int = 120, height: int = 60, colour: str = "#7a1f4e") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


COLUMNS = (
    ("Ce qui marche", ("Le café du jeudi, ouvert à toutes **", "L'aide aux devoirs · CM1-CM2", "« On se connaît »")),
    ("Ce qui coince", ("Trop de sigles (AAP, CPO…) ****",)),
    ("Ce qu'il faut éviter", ()),
    (
        "Ce qu'on essaie",
        ("Un banc | un arbre", "*vraiment* essayer (×37)", "-10 % d'attente", "=2+2 gagnants", "@tous"),
    ),
)

BOARD = Document(
    title="Les soirées du préau",
    subtitle="Version relue le 3 mars",
    blocks=(
        Paragraph("Trois soirées ont réuni des voisins autour d'une soupe."),
        Heading(1, "Habitants"),
        Table("Habitants", tuple(label for label, _ in COLUMNS), (tuple(Cell(items) for _, items in COLUMNS),)),
        Paragraph("Une étoile pour chaque fois.", small=True),
        Heading(1, "Avant de conclure"),
        Heading(2, "1. Se mettre d'accord"),
        BulletList(("À quoi cela sert-il ?", "Qui le lira ?")),
        Table("Budget", ("Année", "Montant"), ((Cell(("2024",)), Cell(("1 200 €",))), (Cell(("2025",)), Cell()))),
    ),
    look=Look("Agglomération des Trois-Vallons", "#1f4e79", (Logo(logo(), "Les Trois-Vallons"),), "Relu en comité"),
    records=Records(
        ("subject", "column", "text", "occurrences"),
        tuple(("Habitants", label, item, 1) for label, items in COLUMNS for item in items),
    ),
)

# Text that some format could take for its own language.
SIGNS = (
    "#let x = 1",
    "*gras* _souligné_ `code`",
    "$x^2$ @renvoi <étiquette> [lien](x)",
    "// pas un commentaire /* ni ici */",
    "https://exemple.fr/a?b=c&d=e#f",
    "\\ barre \\* \\n",
    "| tube |",
    "<script>alert('x')</script> & &amp;",
    "1. un",
    "- tiret",
    "+ plus",
    "> cité",
    "= égal",
    "=== trait",
    "~ -- --- ... \"droit\" 'simple'",
    "${jinja} {{ moustache }} {% bloc %} %(nom)s",
    "ﬁn œuvre « à » : É·è·s — 1 000 €",
)

HOSTILE = Document(
    title="#Titre *à* <pièges>",
    blocks=(
        Heading(3, "Niveau sauté"),
        Table("Signes | divers", ("A|B", "*C*"), ((Cell(SIGNS), Cell(("\x00a\x07b\ud800c\ufffe", "deux\nlignes"))),)),
        Table("Sans ligne", ("Seule",), ()),
        Table("Sans colonne", (), ()),
        BulletList(()),
        BulletList(SIGNS),
        Paragraph("\n".join(SIGNS)),
        Paragraph("مرحبا بالجميع, שלום"),
        Paragraph("Bravo 😀 👨‍👩‍👧 漢字 fin"),
        Heading(1, "x" * 300),
        Table("Long", ("a", "b"), ((Cell(("mot" * 1700,)), Cell(("une phrase " * 450,))),)),
    ),
    look=Look("P&F <b>", "#ffff00", (), "& pied"),
)

# One text read from the right in each place where people's words stand, one from the left beside it.
FROM_THE_RIGHT = ("שלום לכולם", "שאלות", "תודה על הגינה **", "לא לשכוח את הילדים", "מה קשה")
TWO_WAYS = Document(
    "Deux sens",
    (
        Paragraph(FROM_THE_RIGHT[0]),
        Paragraph("Dire שלום"),
        Heading(1, FROM_THE_RIGHT[1]),
        Table("T", ("Ce qui marche", FROM_THE_RIGHT[4]), ((Cell(("Le marché", FROM_THE_RIGHT[2])), Cell(("Rien",))),)),
        BulletList(("Revenir", FROM_THE_RIGHT[3])),
    ),
)

EMPTY = Document("", ())


def large(items: int) -> Document:
    """One row of four columns, `items` items in all."""
    columns = [
        Cell(tuple(f"Ouvrir la salle du rez-de-chaussée le soir {i} **" for i in range(c, items, 4))) for c in range(4)
    ]
    return Document("Beaucoup", (Table("Beaucoup", ("A", "B", "C", "D"), (tuple(columns),)),))


VOID = {"meta", "img", "br", "link", "input", "col"}


class Page(HTMLParser):
    """What a browser would show: texts of each element by tag, attributes, and faults of nesting."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.attributes: dict[str, list[dict[str, str | None]]] = {}
        self.cells: list[list[str]] = []
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.setdefault(tag, []).append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")
        if tag == "td":
            self.cells.append([])
        elif tag == "li" and "td" in self.open:
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data
        if "td" in self.open and (data.strip() or "li" in self.open):
            if "li" not in self.open:
                self.cells[-1].append("")
            self.cells[-1][-1] += data
