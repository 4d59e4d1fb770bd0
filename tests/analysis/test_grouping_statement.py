"""docs/concepts/grouping.md, « La lecture d'une note » : directions, aspects, moments, publics, families."""

import pytest

from comptoir.analysis.grouping import DomainGrouping, Text
from comptoir.analysis.grouping.lexicon import GOOD, Concept, Lexicon, neighbourhood, parse, tokens_of
from comptoir.analysis.grouping.marks import Way
from comptoir.analysis.grouping.numbering import numbers_differ, numbers_of
from comptoir.analysis.grouping.statement import read_statement
from comptoir.analysis.grouping.typos import canonical_spellings
from comptoir.analysis.grouping.words import stem

SMALL = Lexicon(
    parse(
        "- bruit : bruit\n~ lumière : lampadaire*\n- lumière : fait noir\n+ poste : poste\n"
        "* terrain : terrain, refaire terrain\n"
        "+ emploi : emploi, chomage\n= caméras : camera*\n+ crèche : place creche\n* stationnement : trouver place\n"
        "a prix : cher, gratuit*\na amélioré : enfin repare*\nt soir : soir, nuit\n"
        "p jeunes : ado*\np enfants : petits\n"
        "& voitures : stationnement, terrain\n"
    )
)


def way(note: str) -> dict[str, Way]:
    return {concept.name: found for concept, found in read_statement(note, SMALL).ways}


@pytest.mark.parametrize(
    ("note", "subject", "expected"),
    [
        ("Il y a du bruit", "bruit", Way.NAMED),
        ("Pas de bruit", "bruit", Way.PRAISED),
        ("Pas de lampadaires", "lumière", Way.NAMED),
        ("Il fait noir", "lumière", Way.NAMED),
        ("Moins de lampadaires", "lumière", Way.AGAINST),
        ("Les lampadaires sont enfin réparés", "lumière", Way.PRAISED),
        ("Non à la fermeture de la poste", "poste", Way.ASKED),
        ("Non à la poste", "poste", Way.AGAINST),
        ("Refaire le terrain", "terrain", Way.BROKEN),
        ("De l'emploi pour les moins de 25 ans", "emploi", Way.NAMED),
        ("Le terrain est bien, mais il n'existe plus", "terrain", Way.ASKED),
        ("La poste s'arrête à midi", "poste", Way.ASKED),
        ("Attendre la poste à l'arrêt", "poste", Way.NAMED),
        ("Filets arrachés au terrain", "terrain", Way.BROKEN),
        ("La poste a fermé neuf mois", "poste", Way.ASKED),
        ("Neuf mois à la poste", "poste", Way.NAMED),
        ("Un terrain neuf", "terrain", Way.PRAISED),
        ("Moins d'emploi", "emploi", Way.AGAINST),
        ("Trop de chômage", "emploi", Way.ASKED),
        ("Pas de caméras", "caméras", Way.AGAINST),
        ("Ôtez le terrain", "terrain", Way.AGAINST),
    ],
)
def test_the_direction_of_a_subject(note: str, subject: str, expected: Way) -> None:
    assert way(note) == {subject: expected}


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("On n'a qu'une poste", Way.ASKED),
        ("Il n'y a que deux postes", Way.ASKED),
        ("Peu de postes", Way.ASKED),
        ("Zéro poste", Way.ASKED),
        ("À quand une poste ?", Way.ASKED),
        ("Plus une seule poste", Way.ASKED),
        ("Ne fermez pas la poste", Way.ASKED),
        ("Gardez la poste", Way.ASKED),
        ("Rendez-nous la poste", Way.ASKED),
        ("On nous enlève la poste", Way.ASKED),
        ("La poste a été supprimée", Way.ASKED),
        ("Arrêtez de supprimer la poste", Way.ASKED),
        ("On ne veut pas de la fermeture de la poste", Way.ASKED),
        ("On ne veut pas de poste", Way.AGAINST),
        ("Pas besoin de poste", Way.AGAINST),
        ("Supprimez la poste", Way.AGAINST),
        ("Une poste moins loin", Way.NAMED),
        ("La poste est bien entretenue", Way.PRAISED),
        ("La poste n'est pas entretenue", Way.ASKED),
    ],
)
def test_the_turns_of_a_sentence(note: str, expected: Way) -> None:
    assert way(note) == {"poste": expected}


def test_mine_are_not_the_public_of_a_note() -> None:
    people = Lexicon(parse("p filles : fille*\np femmes : femme*\n"))
    assert read_statement("Ma fille attend", people).people == frozenset()
    assert read_statement("Rien pour les filles", people).people == {"filles"}


def test_a_word_that_says_the_same_thing_again_is_not_another_word() -> None:
    again = Lexicon(parse("- vote : abstention*, bureau vote\n"))
    assert read_statement("L'abstention dans nos bureaux de vote", again).words == frozenset()


def test_what_is_said_of_anything_does_not_speak_beside_a_fuller_expression() -> None:
    assert set(way("Trouver une place en crèche")) == {"crèche"}
    assert set(way("Trouver une place")) == {"stationnement"}


def test_aspects_moments_ages_and_families() -> None:
    said = read_statement("Le terrain est trop cher après 20h", SMALL)
    assert (said.aspects, said.moments, said.numbers) == ({"prix"}, {"soir"}, frozenset())
    assert said.families == {"terrain": "voitures"}
    assert {"f:voitures", "a:prix", "t:soir"} <= said.features.keys()
    assert read_statement("Rien pour les 13-18 ans", SMALL).people == {"jeunes"}
    assert read_statement("les 6/10 ans", SMALL).people == {"enfants"}
    assert read_statement("de 9h-12h", SMALL).people == frozenset()


def test_a_sign_of_one_letter_is_still_a_name_when_alone() -> None:
    assert next(iter(parse("a : bloc"))).name == "a"
    assert parse("~ gaz : chaudière") == {Concept("-", "gaz"): (GOOD + "chaudière",)}


def test_an_expression_belongs_to_one_subject_of_the_house() -> None:
    """An expression of two subjects would go to the first by its name, whatever the note."""
    home: dict[tuple[str, ...], str] = {}
    for expressions in neighbourhood()._exact.values():
        for expression in expressions:
            if expression.concept.kind in "+*=-!" and expression.lead < 0:
                words = tuple(sorted(expression.words))
                assert home.setdefault(words, expression.concept.name) == expression.concept.name, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Le bus passe trop rarement", "Plus de bus après 20h"),
        ("Supprimer les ralentisseurs", "Il faut des ralentisseurs"),
        ("L'ascenseur a enfin été réparé", "Ascenseur en panne"),
        ("Des bancs devant la mairie", "Ôtez ces bancs"),
    ],
)
def test_same_thing_another_statement(one: str, other: str) -> None:
    assert len(DomainGrouping().group([Text("a", one), Text("b", other)])) == 2


def test_a_slip_two_letters_away_leans_only_on_a_word_that_comes_often() -> None:
    assert canonical_spellings({"mediateur": 3, "medoateut": 1}) == {"medoateut": "mediateur"}
    assert canonical_spellings({"mediateur": 2, "medoateut": 1}) == {}
    assert canonical_spellings({"terrain": 3, "etrrain": 1}) == {"etrrain": "terrain"}


def test_a_plural_verb_meets_its_verb_and_a_noun_stays_itself() -> None:
    assert stem("débordent".replace("é", "e")) == stem("deborder")
    assert stem("courses") != stem("cours")
    assert [stem("argent"), stem("logement"), stem("papier")] == ["argent", "logement", "papier"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Prolonger la ligne 7", "Prolonger la ligne 9", True),
        ("Il faudrait trois bancs", "Il faudrait dix bancs", True),
        ("Quatre membres au conseil", "Un conseil de trois élus", False),
        ("Le gymnase promis en 2019", "Trois gymnases promis", False),
        ("Le permis à 1 800 €", "Deux permis financés", False),
        ("Choisir 4 ou 5 priorités", "Choisir 3 priorités", True),
        ("On dort à quatre dans une chambre", "6 dans un studio", False),
    ],
)
def test_a_number_sets_apart_what_it_names_or_counts(one: str, other: str, apart: bool) -> None:
    a, b = (numbers_of(note, tokens_of(note)) for note in (one, other))
    assert numbers_differ(a, b) is numbers_differ(b, a) is apart


def test_that_only_some_are_there_is_said_for_the_others() -> None:
    notes = [Text("1", "Que des garçons sur le terrain de foot"), Text("2", "Les filles ont droit au terrain de foot")]
    assert DomainGrouping().suggest(notes)
    assert read_statement("Que des garçons sur le terrain", neighbourhood()).people == frozenset()
    assert read_statement("Les garçons sur le terrain", neighbourhood()).people == {"garçons"}


def test_a_wrong_hour_and_a_right_one_are_about_the_same_hours() -> None:
    notes = [Text("1", "Des réunions à 14 h quand on travaille"), Text("2", "Des réunions le soir")]
    assert DomainGrouping().suggest(notes)
    assert DomainGrouping().suggest([Text("1", "Un bus le matin"), Text("2", "Un bus le soir")]) == []


def test_what_is_only_supposed_to_be_there_is_no_praise() -> None:
    assert way("Il y a une poste") == {"poste": Way.PRAISED}
    assert way("Quand il y a une poste") == way("S'il y a une poste") == {"poste": Way.NAMED}


def test_a_slip_leans_on_the_nearest_word() -> None:
    known = frozenset(map(stem, ("abattement", "appartement")))
    assert canonical_spellings({stem("apartement"): 1}, known) == {stem("apartement"): stem("appartement")}


def test_two_words_said_of_anything_speak_only_side_by_side() -> None:
    steps = Lexicon(parse("+ petites victoires : petits pas\n"))
    assert [m.concept.name for m in steps.find(tokens_of("Avancer à petits pas"))] == ["petites victoires"]
    assert steps.find(tokens_of("Les petits ne savent pas nager")) == []


def test_a_dance_is_no_preposition_and_a_son_no_queue() -> None:
    assert stem("danser") == stem("danses") == "danse"
    assert stem("fils") != stem("file")


def test_what_the_beginning_of_a_word_says_is_no_slip() -> None:
    noise = Lexicon(parse("- bruit : insonoris*, insomnie\n"))
    notes = [Text("1", "Immeuble mal insonorisé"), Text("2", "Insonoriser les murs")]
    assert noise.knows(stem("insonorise"))
    assert noise.knows(stem("insomnies"))
    assert not noise.knows("insonarisa")
    assert DomainGrouping(lexicon=noise).suggest(notes)


def test_to_improve_is_to_ask_and_improved_is_praise() -> None:
    house = neighbourhood()
    ways = [
        dict(read_statement(note, house).ways)[Concept("-", "qualité de la cantine")]
        for note in ("Améliorer la qualité de la cantine", "La qualité de la cantine s'est améliorée")
    ]
    assert ways == [Way.NAMED, Way.PRAISED]
