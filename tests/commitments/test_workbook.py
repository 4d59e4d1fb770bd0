"""The workbook: it leaves, is filled, comes back with its differences; nothing that a person may not change moves."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from deals import Deal
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.analysis.tables import read_sheets
from comptoir.analysis.tables.writing import csv_pieces, ods_table, xlsx_table
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment, Means
from comptoir.commitments.views.workbook import rows_of
from comptoir.commitments.workbook import HEADERS
from comptoir.commitments.workbook_import import WORKBOOK
from comptoir.imports.actions import confirm, leave_out, plan_of, receive, run
from comptoir.imports.enums import BatchState
from comptoir.imports.models import Batch
from comptoir.imports.plan import Plan
from comptoir.imports.undoing import void
from comptoir.kit.errors import Invalid, Refused
from comptoir.spaces.models import Job

OWN = """\
Structure;Intitulé;Date butoir;Droit commun;Temps agent;Indicateur;Contact;N° Dauphin
REGIE DE QUARTIER;Ouvrir une permanence le soir;T2 2027;12 k€;50 %;2 soirs par semaine;zelie;00123
ville de val-clair;Prêter la salle des fêtes;juin 2027;;;;Inconnue Personne;
Ville de Val-Clair;Refaire l'éclairage;un jour;beaucoup;;;;
Caisse inconnue;Aider;;;;;;
"""


def brought(actor: Actor, deal: Deal, content: bytes, name: str = "classeur.csv") -> Batch:
    return receive(actor=actor, kind=WORKBOOK, content=content, name=name, within_id=deal.contract.pk)


def done(actor: Actor, deal: Deal, content: bytes, name: str = "classeur.csv") -> Batch:
    batch = brought(actor, deal, content, name)
    confirm(actor=actor, batch=batch, seen=plan_of(actor, batch).digest, back_url="/")
    batch.refresh_from_db()
    return batch


def written(deal: Deal, changes: dict[int, dict[str, Any]] | None = None, more: tuple[Any, ...] = ()) -> bytes:
    """Our own workbook as a CSV, with some cells changed by row number and header, and rows added."""
    rows = [list(row) for row in rows_of(deal.contract)]
    for number, cells in (changes or {}).items():
        for header, value in cells.items():
            rows[number][HEADERS.index(header)] = value
    return b"".join(csv_pieces(HEADERS, [*rows, *more]))


def row(**cells: Any) -> list[Any]:
    return [cells.get(header, "") for header in HEADERS]


def counted(plan: Plan) -> dict[str, int]:
    return {name: count for name, count in plan.counts.items() if count}


@pytest.fixture
def full(deal: Deal) -> Commitment:
    """A commitment that says everything, with words that a spreadsheet could spoil."""
    commitment = deal.precise(
        wording="=SOMME(A1)\nsur deux lignes", level="mainstream", dauphin_number="00012345", next_step="-5 places",
        next_step_on=date(2027, 1, 15), contact=deal.landlord.contacts.get(), neighbourhoods=list(places(deal)),
    )  # fmt: skip
    means = [("mainstream", "euro", Decimal("1200.50"), "fonctionnement"), ("mainstream", "fte", Decimal("0.5"), "")]
    actions.set_means(actor=deal.lead, commitment=commitment, means=means)
    return commitment


def places(deal: Deal) -> Any:
    return deal.contract.neighbourhoods.all()


def plain(title: str, header: Any, rows: Any) -> bytes:
    return b"".join(csv_pieces(header, rows))


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", xlsx_table), ("a.ods", ods_table), ("a.csv", plain)])
def test_what_leaves_comes_back_without_a_difference(deal: Deal, full: Commitment, name: str, write: Any) -> None:
    deal.commit("Sans rien d'autre", first_year=2026, last_year=2028)
    content = write("Engagements", HEADERS, rows_of(deal.contract))
    plan = plan_of(deal.lead, brought(deal.lead, deal, content, name))
    assert counted(plan) == {"same": 2}, [(r.reasons, r.differences) for r in plan.rows]


def test_the_headings_are_words_and_the_state_is_shown_only(deal: Deal, full: Commitment) -> None:
    (sheet,) = read_sheets(xlsx_table("E", HEADERS, rows_of(deal.contract)), "a.xlsx")
    assert sheet.rows[0].cells[:3] == ("Identifiant (ne pas changer)", "Qui s'engage", "Engagement")
    assert sheet.rows[1].cells[-1] == "en cours"
    changed = written(deal, {0: {HEADERS[-1]: "tenu"}})
    assert counted(plan_of(deal.lead, brought(deal.lead, deal, changed))) == {"same": 1}


def test_each_cell_that_changes_is_shown_as_it_was_and_becomes(deal: Deal, full: Commitment) -> None:
    changes = {
        "Échéance": "T1 2028", "Droit commun (€)": "2 k€", "Droit commun (ETP)": "50 %", "Mesure": "2 locaux",
        "Engagement": "Ouvrir le local", "Niveau d'engagement": "cofinancer",
    }  # fmt: skip
    batch = brought(deal.lead, deal, written(deal, {0: changes}))
    (found,) = plan_of(deal.lead, batch).rows
    shown = {one.label: (one.before, one.after.replace("\u202f", " ")) for one in found.differences}
    assert shown == {
        "Engagement": ("=SOMME(A1)\nsur deux lignes", "Ouvrir le local"),
        "Niveau d'engagement": ("Mobiliser le droit commun", "Cofinancer"),
        "Droit commun (€)": ("1\u202f200,5", "2 000"),
        "Échéance": ("30/06/2027", "31/03/2028"),
        "Mesure": ("un local ouvert", "2 locaux"),
    }
    notes = {one.column: one.message.replace("\u202f", " ") for one in found.notes}
    assert notes["Échéance"] == "« T1 2028 » compris comme le 31 mars 2028."
    assert notes["Droit commun (€)"] == "« 2 k€ » compris comme 2 000."
    confirm(actor=deal.lead, batch=batch, seen=plan_of(deal.lead, batch).digest, back_url="/")
    full.refresh_from_db()
    assert (full.text, full.due_on, full.level) == ("Ouvrir le local", date(2028, 3, 31), "cofund")
    assert [(m.amount, m.unit, m.note) for m in full.means.all()] == [
        (Decimal("2000.00"), "euro", "fonctionnement"), (Decimal("0.50"), "fte", ""),
    ]  # fmt: skip
    assert [w.reason for w in full.wordings.all()] == ["Classeur importé", ""]
    batch.refresh_from_db()
    void(actor=deal.lead, batch=batch)
    full.refresh_from_db()
    assert (full.text, full.due_on) == ("=SOMME(A1)\nsur deux lignes", date(2027, 6, 30))
    assert full.means.get(unit="euro").amount == Decimal("1200.50")
    assert full.wordings.count() == 3, "undoing writes the former words again: no wording is lost"


def test_a_row_can_be_left_aside(deal: Deal) -> None:
    for wording in ("Ouvrir la loge", "Rendre les clés"):
        deal.commit(wording)
    batch = brought(deal.lead, deal, written(deal, {0: {"Mesure": "une"}, 1: {"Mesure": "deux"}}))
    leave_out(actor=deal.lead, batch=batch, shown=[2, 3], taken=[3])
    confirm(actor=deal.lead, batch=batch, seen=plan_of(deal.lead, batch).digest, back_url="/")
    assert list(Commitment.objects.order_by("position").values_list("measure", flat=True)) == ["", "deux"]


def test_an_empty_cell_and_the_same_workbook_twice_change_nothing(deal: Deal, full: Commitment) -> None:
    bare = written(deal, {0: dict.fromkeys(HEADERS[3:], "")})
    assert counted(plan_of(deal.lead, brought(deal.lead, deal, bare))) == {"same": 1}
    own = OWN.encode()
    done(deal.lead, deal, own)
    count = Commitment.objects.count()
    again = brought(deal.lead, deal, own)
    assert counted(plan_of(deal.lead, again)) == {"same": 2, "refused": 2}
    with pytest.raises(Invalid, match="rien à importer"):
        confirm(actor=deal.lead, batch=again, seen=plan_of(deal.lead, again).digest, back_url="/")
    assert Commitment.objects.count() == count


def test_the_teams_own_workbook_with_its_own_headings(deal: Deal) -> None:
    batch = done(deal.lead, deal, OWN.encode())
    assert batch.mapping["wording"] == 1
    first, second = Commitment.objects.order_by("position").with_words()
    assert (first.signatory, first.due_on, first.dauphin_number) == (deal.landlord, date(2027, 6, 30), "00123")
    assert (first.contact, first.measure) == (deal.landlord.contacts.get(), "2 soirs par semaine")
    assert {(m.kind, m.unit): m.amount for m in first.means.all()} == {
        ("mainstream", "euro"): Decimal(12000), ("mainstream", "fte"): Decimal("0.5"),
    }  # fmt: skip
    assert (second.signatory, second.contact) == (deal.town, None)
    told = {
        r.line: [(one.column, one.message) for one in (*r.reasons, *r.notes)] for r in plan_of(deal.lead, batch).rows
    }
    assert ("Référent", "« Inconnue Personne » n'est pas dans l'annuaire de cet organisme : case laissée de côté.") in (
        told[3]
    )
    assert [column for column, _ in told[4]] == ["Droit commun (€)", "Échéance"]
    assert told[5] == [("Qui s'engage", "« Caisse inconnue » n'est pas signataire du contrat : ajoutez-le d'abord.")]
    void(actor=deal.lead, batch=batch)
    assert not Commitment.objects.shown().exists()


def test_columns_that_nobody_could_guess_are_remembered(deal: Deal) -> None:
    odd = b"Bidule;Truc\nR\xc3\xa9gie de quartier;Ouvrir la loge\n"
    batch = brought(deal.lead, deal, odd)
    assert batch.mapping == {}
    batch.mapping = {"signatory": 0, "wording": 1}
    batch.save()
    confirm(actor=deal.lead, batch=batch, seen=plan_of(deal.lead, batch).digest, back_url="/")
    assert brought(deal.lead, deal, odd).mapping == {"signatory": 0, "wording": 1}


def test_a_dauphin_number_is_kept_and_the_rest_of_the_row_serves(deal: Deal, full: Commitment) -> None:
    batch = brought(deal.lead, deal, written(deal, {0: {"Numéro Dauphin": "999", "Mesure": "deux"}}))
    (found,) = plan_of(deal.lead, batch).rows
    assert [one.label for one in found.differences] == ["Mesure"]
    assert "Dauphin reste la référence" in found.notes[0].message
    confirm(actor=deal.lead, batch=batch, seen=plan_of(deal.lead, batch).digest, back_url="/")
    full.refresh_from_db()
    assert (full.dauphin_number, full.measure) == ("00012345", "deux")


def test_a_referent_changes_and_adds_their_own_lines_only(deal: Deal, member: Any) -> None:
    referent = member(Role.REFERENT)
    deal.commit("Ouvrir la loge")
    deal.commit("Prêter la salle", signatory=deal.town)
    more = (row(Engagement="Sans se nommer"), row(**{"Qui s'engage": "Ville de Val-Clair", "Engagement": "Payer"}))
    content = written(deal, {0: {"Mesure": "une loge"}, 1: {"Mesure": "une salle"}}, more)
    plan = plan_of(referent, brought(referent, deal, content))
    assert [one.outcome for one in plan.rows] == ["changed", "refused", "created", "refused"]
    assert "d'un autre organisme" in plan.rows[1].reasons[0].message
    assert "écrit les siens" in plan.rows[3].reasons[0].message
    unchanged = plan_of(referent, brought(referent, deal, written(deal)))
    assert counted(unchanged) == {"same": 2}, "the lines of others are no fault as long as nothing changes"
    done(referent, deal, content)
    assert Commitment.objects.get(wording__text="Sans se nommer").signatory == deal.landlord
    assert Commitment.objects.get(wording__text="Prêter la salle").measure == ""


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_LEAD, Role.REFERENT}))
def test_nobody_else_brings_a_workbook(deal: Deal, member: Any, role: Role) -> None:
    with pytest.raises(Refused):
        brought(member(role), deal, OWN.encode())


def test_the_actions_themselves_refuse_what_is_not_yours(deal: Deal, member: Any) -> None:
    referent, salle = member(Role.REFERENT), deal.commit("Prêter la salle", signatory=deal.town)
    said = actions.Written(details={"measure": "x"})
    with pytest.raises(Refused):
        actions.change_many(actor=referent, contract=deal.contract, rows=[(salle.pk, said)], reason="")
    with pytest.raises(Refused):
        actions.write_many(actor=referent, contract=deal.contract, rows=[(deal.town, actions.Written("Payer"))])
    with pytest.raises(Refused):
        actions.withdraw_many(actor=referent, contract=deal.contract, identities=[salle.pk])


def test_what_cannot_be_true_is_told_with_its_column(deal: Deal, full: Commitment) -> None:
    yearly = deal.commit("Chaque année", first_year=2026)
    changes = {
        0: {"Qui s'engage": "Ville de Val-Clair"},
        1: {"Échéance": "juin 2027"},
    }
    more = (
        row(**{"Qui s'engage": "Régie de quartier", "Engagement": "A", "Échéance": "chaque année"}),
        row(**{"Qui s'engage": "Régie de quartier", "Engagement": "B", "Jusqu'en": 2028}),
        row(**{"Qui s'engage": "Régie de quartier", "Engagement": "C", "Quartiers": "La Cité perdue"}),
        row(**{HEADERS[0]: "ZZZZ", "Engagement": "D"}),
    )
    plan = plan_of(deal.lead, brought(deal.lead, deal, written(deal, changes, more)))
    told = [(one.outcome.value, one.reasons[0].column) for one in plan.rows]
    assert told == [
        ("refused", "Qui s'engage"), ("refused", "Échéance"), ("refused", "Échéance"), ("refused", "Jusqu'en"),
        ("refused", "Quartiers"), ("refused", "Identifiant (ne pas changer)"),
    ]  # fmt: skip
    assert all(reason.message.endswith(".") for one in plan.rows for reason in one.reasons)
    yearly.refresh_from_db()
    assert yearly.due_on is None


def test_undoing_keeps_what_has_served(deal: Deal) -> None:
    batch = done(deal.lead, deal, OWN.encode())
    first = Commitment.objects.order_by("position").with_words()[0]
    actions.sign_off(
        actor=deal.lead, signatory=deal.landlord, commitments=[first], agreed_by="La directrice",
        agreed_on=date(2026, 11, 1),
    )  # fmt: skip
    undone = void(actor=deal.lead, batch=batch)
    assert (undone.removed, undone.kept) == (1, [(f"Régie de quartier, {first.text}", "a été signé")])


def test_each_row_is_in_the_journal_without_its_words(deal: Deal) -> None:
    done(deal.lead, deal, OWN.encode())
    lines = Entry.objects.filter(action="commitments.write", within_id=deal.contract.pk)
    assert lines.count() == 2
    assert not any("permanence" in str(line.details) + line.label for line in Entry.objects.all())


def test_a_long_workbook_is_a_job_with_its_progress(deal: Deal) -> None:
    rows = "".join(f"Régie de quartier;Engagement numéro {n};juin 2027;{n} €\n" for n in range(1, 1_202))
    batch = brought(deal.lead, deal, f"Qui s'engage;Engagement;Échéance;Droit commun (€)\n{rows}".encode())
    job = confirm(actor=deal.lead, batch=batch, seen=plan_of(deal.lead, batch).digest, back_url="/")
    assert isinstance(job, Job)
    told: list[tuple[int, int]] = []
    run(batch.pk, lambda made, total: told.append((made, total)))
    batch.refresh_from_db()
    assert (batch.state, Commitment.objects.count(), Means.objects.count()) == (BatchState.DONE, 1_201, 1_201)
    assert told == [(500, 1_201), (1_000, 1_201), (1_201, 1_201)]
    positions = list(Commitment.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 1_202)), "the order of the workbook is that of the table"


def test_the_page_gives_the_workbook_whole_or_for_one(deal: Deal, full: Commitment, client_for: Any) -> None:
    deal.commit("Prêter la salle", signatory=deal.town)
    browser = client_for(deal.lead)
    page = browser.get("/val-clair/engagements/classeur/").content.decode()
    assert "Tous les signataires (2)" in page
    for kind in ("xlsx", "ods", "csv"):
        answer = browser.get(f"/val-clair/engagements/classeur/fichier/?format={kind}&qui={deal.town.code}")
        (sheet,) = read_sheets(answer.content, f"a.{kind}")
        assert [r.cells[2] for r in sheet.rows[1:]] == ["Prêter la salle"]
    assert browser.get("/val-clair/engagements/classeur/fichier/?format=exe").status_code == 404
    assert browser.get("/val-clair/engagements/classeur/fichier/?qui=ZZZ").status_code == 404


def test_it_costs_as_many_questions_for_many_rows_as_for_one(deal: Deal, client_for: Any) -> None:
    browser = client_for(deal.lead)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(url).status_code == 200
        return len(caught)

    def preview() -> int:
        batch = brought(deal.lead, deal, written(deal, {0: {"Mesure": "une"}}))
        return cost(f"/val-clair/imports/{batch.code}/")

    deal.commit("Ouvrir la loge")
    file, shown = cost("/val-clair/engagements/classeur/fichier/?format=csv"), preview()
    for number in range(30):
        deal.commit(f"Engagement {number}")
    assert cost("/val-clair/engagements/classeur/fichier/?format=csv") == file <= 12
    assert preview() == shown <= 20
