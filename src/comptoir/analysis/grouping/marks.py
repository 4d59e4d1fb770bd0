"""The words that give a direction to what a note speaks of: « plus de », « il manque », « trop de », « cassé ».

Definitions: docs/concepts/grouping.md, « La lecture d'une note », « Direction ».
"""

import re
from collections.abc import Sequence
from enum import StrEnum


class Way(StrEnum):
    """The direction in which a concept is spoken of."""

    ASKED = "asked"  # more of it, or a lack of it
    NAMED = "named"  # nothing but its name; for a nuisance, a complaint
    AGAINST = "against"  # too much of it, less of it
    BROKEN = "broken"  # it is there, in a bad state
    PRAISED = "praised"  # it is there, and that is good
    WISHED = "wished"  # a good thing, said by the name of its good side (« propreté »)


def words(said: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(said.split())


def one_of(said: str) -> re.Pattern[str]:
    """A pattern of the words of a list; « mot* » is any word that begins so."""
    return re.compile("|".join(word.replace("*", r"\w*") for word in said.split()))


ASKING = one_of(
    """davantage manqu* besoin faudrait faut creer cree creation ajout* install* mettre remettre rajout* augment*
    developp* ouvrir voudrais voudrait voudrions aimerais aimerions aimerait souhait* retour revenir proposer organiser
    construire penurie insuffis* absence aucun aucune rien sans disparu* ferme ferment fermee fermes fermeture perdu
    faute jamais nulle nul trouver reclame* demand* partis parti quitte* prevoir donner permettre rouvrir vivement
    pourquoi manquent renforc* multipli* implant* amelior* zero guere gardez gardons conserver conservez conservons
    maintenir maintenez maintenons maintien sauver sauvez sauvons sauvegarder laissez preserver preservez
    preservons proteger protegez protegeons defendre defendons touchez perdre"""
)
AGAINST = one_of(
    """moins supprim* enlev* retir* arret* stop non limit* redui* interdi* fermer evit* marre suffit
    inutile* refus* excessif exces demont* oter otez otons virer virez degager degagez chasser bannir proscrire"""
)
REMOVED = one_of("moins supprim* enlev* retir* reduire reduction limiter interdire eteindre")
BROKEN = one_of(
    """casse* abim* panne* hs vetust* repar* refaire renov* defonc* entretenir entretien entretenu* degrad* dangereu*
    vieux vieil vieille vieilles rouill* pourri* delabr* foutu* troue trouee dechir* etat arrache* brise* tordu*
    condamne* efface* fissur* disloqu* use usee uses usees deglingu* bousill*"""
)
PRAISING = one_of(
    """super genial* bravo merci content* chance heureu* beau belle belles beaux agreable* excellent* formidable*
    appreci* satisf* atout* fier* fiere* aime aimons adore* reussi* top parfait* bon bonne bons bonnes magnifique*
    profit* geniale* utile* precieu* bien riche* fort forte solide* neuf neufs neuve neuves superbe* nickel impeccable*
    serviable* gentil* disponible* accueillant* efficace* competent* reactif* reactive* reactivite rapide* incroyable*
    extraordinaire* exceptionnel* remarquable* splendide* adorable* devoue* chaleureu* sympa* dynamique* talentueu*"""
)
GOOD_SIDE = one_of(
    "propre propres proprete calme tranquil* secur* respect confiance egalite silence serenite politesse"
)
LACKING = words("pas manque manquent aucun aucune jamais absence")
FAR = 7
INFINITIVE = ("er", "ir", "uire", "dre", "ttre")
LOST = one_of("chomage chomeu* desert* penurie* rupture* baisse* coupe* recul* disparition fonte")
"""Words that say the lack of a good thing: « trop de chômage » asks for work."""
REMOVING = one_of(
    "ferm* supprim* suppression demoli* detrui* destruction disparition depart enlev* retir* rase* abatt*"
)
UNMENDED = one_of("attente* attend* retard* panne* coupure* fuite* monde")
_REFUSING = words("non contre stop refus refusons refuse empecher eviter arretez arretons arreter cessez cesser")
_TAKING = one_of("supprim* enlev* retir* prend prennent pris vol*")
_GONE = words("enleves enlevee enlevees supprimes supprimee supprimees retires retiree retirees")
_WANTING = words("veux veut voulons veulent aime aimons")
_FEW = words("un une seul seule")
_MILDER = one_of("cher* long* loin tard tot vite grand* charg* compliqu* bruyant* dangereu* haut* serre* lourd* sale*")
"""What « moins » lessens of a thing, without wanting less of the thing: « une piscine moins chère »."""
_ITSELF, _DURATION = (
    words("s se"),
    one_of("an ans mois semaine* jour* heure* minute* fois euro* personne* enfant* eleve*"),
)
_STOPPING, _ARTICLES = one_of("arret*"), words("l un les des d cet chaque")
_MONEY = words("argent liquide sous especes")
_BEING, _PAST = words("suis sommes est sont"), words("ete a ont est sont")
_NOT_THERE = words("pas plus trop rien aucun aucune que peu moins un encore toujours jamais")
_SUPPOSING = words("quand lorsqu si s ou")
_VOICE = words("serait ferait fera tres bien aussi plus")
NUMBERS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
    "dix": "10", "onze": "11", "douze": "12", "quinze": "15", "vingt": "20", "trente": "30", "cent": "100",
}  # fmt: skip


def marks_of(tokens: Sequence[str], taken: set[int]) -> dict[int, Way]:
    """The words that give a direction, by their place. Those that an expression of the lexicon holds are its own."""
    found = {
        at: _of_tool_word(tokens, at) or (None if at in taken else _of_full_word(tokens, at))
        for at in range(len(tokens))
    }
    return {at: way for at, way in found.items() if way}


def _of_tool_word(tokens: Sequence[str], at: int) -> Way | None:
    """« Plus », « pas », « trop de », « ne … que deux », « peu de », « non à la fermeture », « à quand »."""
    word, before, after = tokens[at], tokens[max(0, at - 3) : at], tokens[at + 1 : at + 3]
    if word == "plus":
        return None if _before_a_number(tokens, at) or before[-2:] == ["de", "en"] else Way.ASKED
    if word == "trop":
        if after[:1] in (["de"], ["d"]):
            return Way.ASKED if len(after) > 1 and UNMENDED.fullmatch(after[1]) else Way.AGAINST
        return Way.ASKED if after[:1] == ["peu"] else None
    if word == "pas":
        unwanted = before[-1:] and before[-1] in _WANTING and after[:1] in (["de"], ["d"])
        return Way.AGAINST if after[:1] == ["besoin"] or (unwanted and not _removes(tokens, at)) else Way.ASKED
    if word in _REFUSING and _removes(tokens, at):
        return Way.ASKED  # « non à la fermeture », « arrêtez de supprimer » : what goes is wanted
    if word in ("que", "qu") and {"n", "ne"} & set(before):
        return Way.ASKED if after and (after[0] in _FEW or after[0] in NUMBERS or after[0].isdigit()) else None
    if word == "peu" and after[:1] in (["de"], ["d"]):
        return None if before[-1:] == ["un"] else Way.ASKED
    if word == "quand":
        return Way.ASKED if before[-1:] == ["a"] else None
    return Way.ASKED if word == "nous" and before[-1:] in (["rendez"], ["laissez"]) else None


def _of_full_word(tokens: Sequence[str], at: int) -> Way | None:
    """« Il manque », « supprimer », « cassé », « super », with what stands before and after."""
    word, before, after = tokens[at], tokens[max(0, at - 3) : at], tokens[at + 1 : at + 3]
    last = before[-1] if before else ""
    if word == "moins" and (_before_a_number(tokens, at) or (after and _MILDER.fullmatch(after[0]))):
        return None
    if word == "bien" and (set(before) & _VOICE or after[:1] == ["de"]):
        return None
    if word in ("sert", "servent") and after == ["a", "rien"]:
        return Way.AGAINST
    if word == "contre":
        return Way.AGAINST if at == 0 or last in _BEING else None
    if word in _GONE or (last == "nous" and _TAKING.fullmatch(word) and not word.endswith(INFINITIVE)):
        return Way.ASKED  # « les bancs enlevés », « on nous enlève » : it is missed
    if _STOPPING.fullmatch(word) and last in _ARTICLES:
        return None  # « à l'arrêt »
    if last in _ITSELF and AGAINST.fullmatch(word):
        return Way.ASKED  # « le bus s'arrête à 20 h », « le droit commun se retire »
    if word.startswith("retir") and after and (after[0].isdigit() or after[0] in NUMBERS or set(after) & _MONEY):
        return None
    if AGAINST.fullmatch(word) and REMOVING.fullmatch(word) and _REFUSING & set(tokens[max(0, at - 4) : at]):
        return Way.ASKED  # « arrêtez de supprimer »
    if last in _PAST and AGAINST.fullmatch(word) and not word.endswith(INFINITIVE):
        return Way.ASKED  # « a été retiré »
    if word.startswith("entretenu") and last == "bien":
        return Way.PRAISED
    if (word == "besoin" and last == "pas") or (word == "neuf" and after and _DURATION.fullmatch(after[0])):
        return None
    if word == "a" and last == "y" and _SUPPOSING & set(before):
        return None  # « quand y a réunion », « s'il y a »
    if word == "a" and last == "y" and not {"n", "ne"} & set(before):
        return None if after and after[0] in _NOT_THERE else Way.PRAISED
    ways = ((ASKING, Way.ASKED), (AGAINST, Way.AGAINST), (BROKEN, Way.BROKEN), (PRAISING, Way.PRAISED))
    return next((way for pattern, way in ways if pattern.fullmatch(word)), None)


def _removes(tokens: Sequence[str], at: int) -> bool:
    """Whether something is closed or taken away just after."""
    return any(REMOVING.fullmatch(token) for token in tokens[at + 1 : at + 5])


def _before_a_number(tokens: Sequence[str], at: int) -> bool:
    """« Les moins de 25 ans »."""
    after = tokens[at + 1 : at + 3]
    return len(after) > 1 and after[0] == "de" and (after[1].isdigit() or after[1] in NUMBERS)
