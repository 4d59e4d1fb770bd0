"""docs/concepts/grouping.md, « Les contraires » : same words, and yet not the same statement."""

import pytest

from comptoir.analysis.grouping import DomainGrouping, LexicalGrouping, Text
from comptoir.analysis.grouping.words import read_words, stem

CONTRARIES = [
    ("Plus de bancs au square", "Moins de bancs au square"),
    ("+ de fleurs", "- de fleurs"),
    ("Manque de lampadaires", "Trop de lampadaires"),
    ("Pas assez de lampadaires", "Trop de lampadaires"),
    ("Confiance envers les élus", "Manque de confiance envers les élus"),
    ("plus de voitures, moins de vélos", "moins de voitures, plus de vélos"),
    ("De moins en moins de fêtes", "De plus en plus de fêtes"),
    ("Ouvrir le gymnase le samedi", "Fermer le gymnase le samedi"),
    ("Installer des caméras", "Enlever les caméras"),
    ("Autoriser les barbecues au parc", "Interdire les barbecues au parc"),
    ("Décider avec les habitants", "Décider sans les habitants"),
    ("La rue est propre", "La rue n'est pas propre"),
    ("Ne pas oublier les anciens", "Oublier les anciens"),
    ("Ne pas travailler sans les habitants", "Travailler sans les habitants"),
    ("Aucun local pour les associations", "Un local pour les associations"),
    ("Il y a des commerces rue des Lilas", "Il n'y a plus de commerces rue des Lilas"),
    ("Égalité des chances à l'école", "Inégalité des chances à l'école"),
    ("Propreté des halls", "Saleté des halls"),
    ("Ateliers de cuisine pour les filles", "Ateliers de cuisine pour les garçons"),
    ("Sortie au musée pour les jeunes", "Sortie au musée pour les personnes âgées"),
    ("Trop de bruit la nuit", "Trop de bruit le jour"),
    ("Réunion à 18h", "Réunion à 20h"),
    ("Ligne deux du bus", "Ligne 5 du bus"),
    ("Banc rue des Lilas", "Banc rue des Tilleuls"),
    ("Rencontrer le maire du quartier", "Rencontrer la mairie du quartier"),
]
SAME = [
    ("Plus de bancs au square", "Manque de bancs au square !"),
    ("Pas assez de bancs, square", "+ de bancs au square"),
    ("Trop de voitures", "Moins de voitures SVP"),
    ("Il n'y a pas de poubelles", "Pas de poubelles"),
    ("Médiateur de rue", "Mediatur de rue"),
    ("Animatrices de quartier", "animateur de quartier"),
    ("Habitant·e·s écouté·e·s", "habitants écoutés"),
    ("Créer un jardin partagé", "Mettre en place des jardins partagés"),
    ("2 réunions par an", "deux réunions par an"),
    ("Pourquoi ne pas faire un marché", "Faire un marché"),
    ("l'école", "L’École"),
]


def asked(a: str, b: str) -> bool:
    return bool(LexicalGrouping(asked=0.3).suggest([Text("a", a), Text("b", b)]))


@pytest.mark.parametrize(("a", "b"), CONTRARIES[:-2])
def test_contraries_are_never_paired_however_low_the_threshold(a: str, b: str) -> None:
    assert not asked(a, b)
    assert not asked(b, a)


@pytest.mark.parametrize(("a", "b"), CONTRARIES)
def test_contraries_are_neither_suggested_nor_grouped(a: str, b: str) -> None:
    texts = [Text("a", a), Text("b", b)]
    assert LexicalGrouping().suggest(texts) == []
    assert len(LexicalGrouping().group(texts)) == 2


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_statement_is_suggested_and_grouped(a: str, b: str) -> None:
    texts = [Text("a", a), Text("b", b)]
    assert [(p.a, p.b) for p in LexicalGrouping().suggest(texts)] in ([("a", "b")], [("b", "a")])
    assert len(LexicalGrouping().group(texts)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("locaux", "local"),
        ("tableaux", "tableau"),
        ("partagées", "partager"),
        ("associatives", "associatif"),
        ("citoyennes", "citoyen"),
        ("coordinatrice", "coordinateur"),
    ],
)
def test_plural_feminine_and_infinitive_meet(one: str, other: str) -> None:
    assert read_words(one).stems == read_words(other).stems


def test_words_that_end_alike_stay_themselves() -> None:
    assert stem("cours") != stem("cour")
    assert stem("mer") == "mer"


def test_any_text_has_words_of_its_own() -> None:
    assert read_words("").key == ""
    assert read_words("???").key != read_words("!!!").key
    assert read_words("مكان للأطفال").stems != ()


# For the method of the house, to lack a good thing is to ask for it (docs/concepts/grouping.md, « La lecture »).
LACKED_IS_ASKED = [
    ("Aucun local pour les associations", "Un local pour les associations"),
]
TOLD_APART = [
    ("Plus de bancs", "Les bancs sont cassés"),
    ("Une aire de jeux", "Réparer l'aire de jeux"),
    ("Voir la police à pied", "Contrôles d'identité à répétition"),
    ("Rien pour les ados", "Rien pour les personnes âgées"),
    ("Un banc rue Pasteur", "Un banc rue Molière"),
    ("Plus de caméras", "Non aux caméras"),
]
SAID_OTHERWISE = [
    ("On ne peut s'asseoir nulle part", "Plus de bancs"),
    ("Ça deale dans le hall", "Stop au trafic de drogue"),
    ("Plus un seul généraliste", "Un docteur qui prend de nouveaux patients"),
    ("Où faire garder mon fils ?", "Pas assez de places en crèche"),
    ("Remettre un concierge", "Plus de gardien"),
    ("La nuit on n'y voit rien", "Éclairage insuffisant"),
]


@pytest.mark.parametrize(("a", "b"), [*(pair for pair in CONTRARIES if pair not in LACKED_IS_ASKED), *TOLD_APART])
def test_the_method_of_the_house_keeps_contraries_apart(a: str, b: str) -> None:
    texts = [Text("a", a), Text("b", b)]
    assert DomainGrouping().suggest(texts) == []
    assert len(DomainGrouping().group(texts)) == 2


@pytest.mark.parametrize(("a", "b"), [*SAME, *LACKED_IS_ASKED, *SAID_OTHERWISE])
def test_the_method_of_the_house_meets_what_is_said_otherwise(a: str, b: str) -> None:
    texts = [Text("a", a), Text("b", b)]
    (found,) = DomainGrouping().suggest(texts)
    assert found.reason.sentence
    assert len(DomainGrouping().group(texts)) == 1
