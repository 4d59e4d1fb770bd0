"""Every page of the product, in the states that people meet, and how to come there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pages_answers
import pages_check_ins
import pages_commitments
import pages_contract
import pages_evaluation
import pages_methods
import pages_observatory
import pages_participation
import pages_restitution
import pages_thread
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page
from visits import HOME, LEAD, NEWCOMER, NOTES, PROTECTED_EMAIL, bring, button, link

from served import PASSWORD

NEW_SPACE = "/rive-neuve/"
CALENDAR = f"{HOME}imports/calendrier/nouveau/"
TABLE = """\
Colonne\tParole\tTable\tFois\tRemarque
Intérêt\tSavoir à quelle porte frapper\tTable 1\t2\t
Pièges à éviter\tParler en sigles\tTable 2\tbeaucoup\t
Une colonne de trop\tDes bancs à l'ombre\tTable 2\t1\tà relire
"""


@dataclass(frozen=True)
class Stop:
    """Who comes (None: somebody who has not signed in), from which address, and what they do there."""

    role: str | None
    path: str
    act: Callable[[Page], None] | None = None


def _send_nothing(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        button(page, name).click()
        page.get_by_role("alert").first.wait_for()

    return act


def _preview(page: Page) -> None:
    page.get_by_label("Collez vos notes").fill(f"{TABLE}Intérêt\tSe dire bonjour {uuid4().hex[:6]}\tTable 1\t1\t\n")
    button(page, "Lire").click()
    page.get_by_role("heading", name="Compris, à vérifier").wait_for()


def _ask_to_void(page: Page) -> None:
    page.goto(bring(page, title=f"Import annulé {uuid4().hex[:6]}"))
    link(page, "Annuler cet import").click()
    page.get_by_role("heading", name="Annuler cet import").wait_for()


def _void(page: Page) -> None:
    _ask_to_void(page)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("heading", name="Import annulé", exact=True).wait_for()


def _see_effects(page: Page) -> None:
    page.get_by_label("Vos mots").fill("porte d'entrée : guichet, porte, accueil")
    button(page, "Voir ce que cela change").click()
    page.get_by_role("heading", name="Ce que ces mots changeraient").wait_for()


def _long_import(page: Page) -> None:
    many = "# Intérêt\n" + "\n".join(f"Une idée de plus, la {n}e de la rue" for n in range(600)) + f"\n{uuid4().hex}"
    page.get_by_label("Collez vos notes").fill(many)
    button(page, "Lire").click()
    page.get_by_label(re.compile("^Titre")).fill(f"Longue liste {uuid4().hex[:6]}")
    button(page, "C'est bien ça, importer").click()
    page.get_by_role("link", name="Continuer").wait_for()


def _no_pair_left(page: Page) -> None:
    page.goto(f"{bring(page, NOTES.replace('trop de', 'jamais assez de'))}ressemblances/")


def _columns(page: Page) -> None:
    unique = uuid4().hex[:6]
    page.get_by_label("Ou collez des lignes").fill(
        f"Titre\tJour\tSalle\tRemarque\nComptoir prévu {unique}\t24/09/2026\tPréau\t\n\tdemain\t\t\n"
    )
    button(page, "Lire").click()
    page.get_by_role("heading", name="Ce que dit chaque colonne").wait_for()


def _differences(page: Page) -> None:
    _columns(page)
    button(page, "Voir ce qui sera importé").click()
    page.get_by_role("heading", name="Refusées").wait_for()


def _imported(page: Page) -> None:
    _differences(page)
    button(page, "C'est bien ça, importer").click()
    page.get_by_role("heading", name="C'est importé").wait_for()


def _ask_to_void_batch(page: Page) -> None:
    _imported(page)
    link(page, "Annuler cet import").click()
    page.get_by_role("heading", name="Annuler cet import").wait_for()


def _first_factor(page: Page) -> None:
    page.get_by_label("Adresse électronique").fill(PROTECTED_EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    button(page, "Se connecter").click()
    page.get_by_role("heading", name="Second facteur").wait_for()


def _begin_application(page: Page) -> None:
    button(page, "Ajouter une application").click()
    page.get_by_alt_text("QR code").wait_for()


def _first_member(page: Page) -> None:
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_label("Dernier jour d'accès").wait_for()


def _first_space(page: Page) -> None:
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("heading", name="La conduite de projet").wait_for()


def _local_area(page: Page) -> None:
    page.get_by_role("link", name="Cantepau vécu").click()
    page.get_by_role("heading", name="Cantepau vécu").wait_for()


def _correct_area(page: Page) -> None:
    _local_area(page)
    link(page, "Corriger").click()
    page.get_by_role("heading", name="Corriger un secteur").wait_for()


def _send_outlines(page: Page) -> None:
    ring = "[[[2.1,43.9],[2.2,43.9],[2.2,44.0],[2.1,43.9]]]"
    named = '"properties":{"nom":"Les Aubes","quartier":"Nord"}'
    text = f'{{"type":"Feature",{named},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}'
    page.get_by_label("Un fichier de secteurs").set_input_files(
        {"name": "secteurs.geojson", "mimeType": "application/geo+json", "buffer": text.encode()}
    )
    button(page, "Lire le fichier").click()
    page.get_by_role("heading", name="Vérifier les secteurs").wait_for()


def _no_months(page: Page) -> None:
    page.get_by_label("Sans voix nouvelle depuis").fill("0")
    button(page, "Enregistrer").click()
    page.get_by_role("alert").first.wait_for()


def _send_official(page: Page) -> None:
    page.get_by_label("Un fichier officiel").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": b"code_qp;lib_qp\nQN08106M;Cantepau\nQV999900;Veille\n"}
    )
    button(page, "Lire le fichier").click()
    page.get_by_role("heading", name="Vérifier un fichier officiel").wait_for()


def _load_long_file(page: Page) -> None:
    unique = uuid4().hex[:6]  # what is loaded already is not offered again
    rows = "".join(f"QP999{n:03};Essai {unique} {n}\n" for n in range(600))
    page.get_by_label("Un fichier officiel").set_input_files(
        {"name": "longue.csv", "mimeType": "text/csv", "buffer": f"code_qp;lib_qp\n{rows}".encode()}
    )
    button(page, "Lire le fichier").click()
    page.get_by_role("heading", name="Vérifier un fichier officiel").wait_for()
    button(page, "Charger ce fichier").click()
    page.get_by_role("link", name="Continuer").wait_for()


# « name of the address » or « name of the address/state ». Braces: addresses found in the demonstration.
ROOMS = (
    pages_answers,
    pages_contract,
    pages_commitments,
    pages_check_ins,
    pages_evaluation,
    pages_methods,
    pages_observatory,
    pages_restitution,
    pages_participation,
    pages_thread,
)
STOPS: dict[str, Stop] = {
    "sign_in": Stop(None, "/connexion/"),
    "sign_in/refused": Stop(None, "/connexion/", _send_nothing("Se connecter")),
    "home": Stop(NEWCOMER, "/"),
    "space": Stop(LEAD, HOME),
    "space/empty": Stop(NEWCOMER, NEW_SPACE),
    "space/resident": Stop("council_member", HOME),
    "space/by objective": Stop("evaluator", f"{HOME}?par=objectif"),
    "space/projected": Stop(LEAD, f"{HOME}?projeter=1"),
    "journal": Stop(LEAD, f"{HOME}journal/"),
    "journal/filtered": Stop(LEAD, f"{HOME}journal/?action=voices.add&tri=quoi"),
    "journal/nothing found": Stop(LEAD, f"{HOME}journal/?jour_au=2001-01-01"),
    "space_settings": Stop(LEAD, f"{HOME}reglages/"),
    "retention": Stop(LEAD, f"{HOME}conservation/"),
    "gallery": Stop(LEAD, "/composants/"),
    "workshops": Stop(LEAD, f"{HOME}comptoirs/"),
    "workshops/empty": Stop(NEWCOMER, f"{NEW_SPACE}comptoirs/"),
    "workshops_table": Stop(LEAD, f"{HOME}comptoirs/tableau/"),
    "workshops_table/empty": Stop(NEWCOMER, f"{NEW_SPACE}comptoirs/tableau/"),
    "imports": Stop(LEAD, f"{HOME}imports/"),
    "batch_new": Stop(LEAD, CALENDAR),
    "batch_new/refused": Stop(LEAD, CALENDAR, _send_nothing("Lire")),
    "batch_columns": Stop(LEAD, CALENDAR, _columns),
    "batch": Stop(LEAD, CALENDAR, _differences),
    "batch/done": Stop(LEAD, CALENDAR, _imported),
    "batch_void": Stop(LEAD, CALENDAR, _ask_to_void_batch),
    "lexicon": Stop(LEAD, f"{HOME}comptoirs/lexique/"),
    "lexicon_save/effects": Stop(LEAD, f"{HOME}comptoirs/lexique/", _see_effects),
    "lexicon/reader": Stop("evaluator", f"{HOME}comptoirs/lexique/"),
    "workshop_new": Stop(LEAD, f"{HOME}comptoirs/nouveau/"),
    "workshop_new/refused": Stop(LEAD, f"{HOME}comptoirs/nouveau/", _send_nothing("Ouvrir le tableau")),
    "disclosure_threshold": Stop(LEAD, f"{HOME}confidentialite/"),
    "cycles": Stop(LEAD, f"{HOME}comptoirs/cycles/"),
    "cycles/empty": Stop(NEWCOMER, f"{NEW_SPACE}comptoirs/cycles/"),
    "cycle_new": Stop(LEAD, f"{HOME}comptoirs/cycles/nouveau/"),
    "cycle": Stop(LEAD, "{cycle}"),
    "cycle_edit": Stop(LEAD, "{cycle}corriger/"),
    "templates": Stop(LEAD, f"{HOME}comptoirs/modeles/"),
    "template_new": Stop(LEAD, f"{HOME}comptoirs/modeles/nouveau/?depuis=aller-vers"),
    "template_edit": Stop(LEAD, "{template}"),
    "compare": Stop(LEAD, f"{HOME}comptoirs/comparer/"),
    "compare/empty": Stop(NEWCOMER, f"{NEW_SPACE}comptoirs/comparer/"),
    "themes": Stop(LEAD, f"{HOME}comptoirs/themes/"),
    "silence_setting": Stop(LEAD, f"{HOME}comptoirs/themes/reglage/"),
    "silence_setting/refused": Stop(LEAD, f"{HOME}comptoirs/themes/reglage/", _no_months),
    "reading": Stop(LEAD, "{reading}"),
    "import_new": Stop(LEAD, f"{HOME}comptoirs/importer/"),
    "import_new/refused": Stop(LEAD, f"{HOME}comptoirs/importer/", _send_nothing("Lire")),
    "import": Stop(LEAD, f"{HOME}comptoirs/importer/", _preview),
    "import_void": Stop(LEAD, HOME, _ask_to_void),
    "import_void/done": Stop(LEAD, HOME, _void),
    "job": Stop(LEAD, f"{HOME}comptoirs/importer/", _long_import),
    "workshop": Stop(LEAD, "{draft}"),
    "workshop_edit": Stop(LEAD, "{draft}corriger/"),
    "resemblances": Stop(LEAD, "{draft}ressemblances/"),
    "resemblances/none left": Stop(LEAD, HOME, _no_pair_left),
    "board": Stop(LEAD, "{board}"),
    "board/searched": Stop(LEAD, "{board}?q=quartier"),
    "board/only looked at": Stop("evaluator", "{board}"),
    "board_history": Stop(LEAD, "{board}historique/"),
    "line": Stop(LEAD, "{line}"),
    "line/reported": Stop(LEAD, "{reported}"),
    "synthesis": Stop(LEAD, "{draft}synthese/"),
    "version": Stop(LEAD, "{version}"),
    "version/resident": Stop("council_member", "{version}"),
    "version_line": Stop("reader", "{version_line}"),
    **{name: Stop(*place) for room in ROOMS for name, place in room.PLACES.items()},
    "sign_in_code": Stop(None, "/connexion/code/"),
    "sign_in_code/refused": Stop(None, "/connexion/code/", _send_nothing("Envoyer le code")),
    "sign_in_code_check": Stop(None, "/connexion/code/saisir/"),
    "second_factor": Stop(None, "/connexion/", _first_factor),
    "invitation": Stop(None, "{invitation}"),
    "account": Stop(LEAD, "/compte/"),
    "account_confirm": Stop(LEAD, "/compte/confirmer/"),
    "account_password": Stop(LEAD, "/compte/mot-de-passe/"),
    "account_close": Stop(LEAD, "/compte/fermer/"),
    "factors": Stop(LEAD, "/compte/second-facteur/"),
    "factor_app": Stop(LEAD, "/compte/second-facteur/", _begin_application),
    "people": Stop(LEAD, f"{HOME}personnes/"),
    "invite": Stop(LEAD, f"{HOME}personnes/inviter/"),
    "invite/refused": Stop(LEAD, f"{HOME}personnes/inviter/", _send_nothing("Envoyer l'invitation")),
    "invitations": Stop(LEAD, f"{HOME}personnes/invitations/"),
    "invitations/empty": Stop(NEWCOMER, f"{NEW_SPACE}personnes/invitations/"),
    "welcome": Stop(LEAD, f"{HOME}bienvenue/"),
    "welcome/empty": Stop(NEWCOMER, f"{NEW_SPACE}bienvenue/"),
    "member": Stop(LEAD, f"{HOME}personnes/", _first_member),
    "invitation_page": Stop(LEAD, "{pending}"),
    "instance_spaces": Stop(NEWCOMER, "/instance/"),
    "instance_space": Stop(NEWCOMER, "/instance/", _first_space),
    "instance_open": Stop(NEWCOMER, "/instance/espaces/ouvrir/"),
    "instance_followed": Stop(NEWCOMER, "/instance/espaces-suivis/"),
    "neighbourhoods": Stop(LEAD, "/quartiers/"),
    "neighbourhoods/2015": Stop("reader", "/quartiers/?liste=2015&departement=81"),
    "neighbourhoods/nothing found": Stop("reader", "/quartiers/?q=introuvable"),
    "neighbourhood": Stop("reader", "/quartiers/QN08106M/"),
    "neighbourhood/2015": Stop("reader", "/quartiers/QP081006/"),
    "territory_sources": Stop(NEWCOMER, "/quartiers/fichiers/"),
    "territory_sources/looked at": Stop(NEWCOMER, "/quartiers/fichiers/", _send_official),
    "territory_job": Stop(NEWCOMER, "/quartiers/fichiers/", _load_long_file),
    "space_neighbourhoods": Stop(LEAD, f"{HOME}quartiers/"),
    "space_neighbourhoods/empty": Stop(NEWCOMER, f"{NEW_SPACE}quartiers/"),
    "space_neighbourhood": Stop("reader", f"{HOME}quartiers/QN08106M/"),
    "local_area": Stop(LEAD, f"{HOME}quartiers/", _local_area),
    "local_area_edit": Stop(LEAD, f"{HOME}quartiers/", _correct_area),
    "local_area_new": Stop(LEAD, f"{HOME}quartiers/secteurs/nouveau/"),
    "local_area_new/refused": Stop(LEAD, f"{HOME}quartiers/secteurs/nouveau/", _send_nothing("Enregistrer le secteur")),
    "local_areas_import": Stop(LEAD, f"{HOME}quartiers/secteurs/importer/"),
    "local_areas_load": Stop(LEAD, f"{HOME}quartiers/secteurs/importer/", _send_outlines),
    "not found": Stop(LEAD, f"{HOME}comptoirs/nulle-part/"),
    "refused": Stop("reader", f"{HOME}journal/"),
}
# Addresses that are not pages: they act and lead elsewhere, or give something else than a page.
ACTIONS = frozenset({
    "board_act", "line_act", "resemblance_decide", "resemblances_refresh", "sign_out", "synthesis_validate",
    "version_publish", "reading_decide", "cycle_assign", "template_withdraw",
    *(name for room in ROOMS for name in room.ACTIONS),
    "local_area_withdraw", "territory_source_load",
    "passkey_ask", "passkey_sign_in", "passkey_new", "passkey_add", "passkey_remove", "factor_app_remove",
    "recovery_codes", "dashboard_seen", "session_close", "instance_close", "invitation_act", "instance_invitation",
    "space_resource_centre",
})  # fmt: skip
NOT_PAGES = frozenset({
    "batch_refused", "batch_template", "boards", "board_revision", "health", "logo", "look", "stored_file",
    "workbook_file", "commitment_advice", "signatory_sheet", "signatory_sheets",
    "synthesis_document", "evaluation_document", "neighbourhood_map", "lexicon_download", "note_near", "search_state",
    "map_background", "space_map", "check_in_look", "check_in_logo", *pages_answers.NOT_PAGES,
    *pages_participation.NOT_PAGES, *pages_restitution.NOT_PAGES,
})  # fmt: skip


def address_map(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from address_map(entry)
        else:
            yield entry


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """The addresses in braces, found by following links; `read` gives the page of an address to the project lead."""
    found = {name: where for room in ROOMS for name, where in room.addresses(read).items()}
    found["pending"] = _links(read(f"{HOME}personnes/invitations/"), rf"{HOME}personnes/invitations/\w{{10}}/")[0]
    found["cycle"] = _links(read(f"{HOME}comptoirs/cycles/"), rf"{HOME}comptoirs/cycles/\w{{10}}/")[0]
    found["template"] = _links(read(f"{HOME}comptoirs/modeles/"), rf"{HOME}comptoirs/modeles/\w{{10}}/")[0]
    for url in _links(read(f"{HOME}comptoirs/"), rf"{HOME}comptoirs/\w{{10}}/"):
        page, board = read(url), read(f"{url}relire/")
        versions, lines = _links(page, rf"{url}synthese/\d+/"), _links(board, rf"{url}lignes/\w+/")
        if versions:
            if "Masqué" in read(f"{versions[0]}relecture/"):
                found["reading"] = f"{versions[0]}relecture/"
            words = _links(read(versions[0]), rf"{versions[0]}lignes/\w+/")
            found |= {"version": versions[0], "version_line": words[0], "reported": lines[0]}
        else:
            gathered = next(line for line in lines if "Séparer" in read(line))
            found |= {"draft": url, "board": _links(page, rf"{url}relire/\w+/")[0], "line": gathered}
    return found


def _links(page: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))
