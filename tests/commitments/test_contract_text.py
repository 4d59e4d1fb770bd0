"""Reading a contract's text: proposals with their place, decided one by one by a person, left and taken up again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from deals import Deal
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.enums import Role
from comptoir.analysis.documents import Document, Heading, Paragraph, write
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.enums import ProposalState
from comptoir.commitments.models import Commitment, TextProposal, TextReading
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces import jobs
from comptoir.spaces.models import Job, JobState

TEXTS = "/val-clair/engagements/textes/"
SAID = (
    "Le quartier compte 3 200 habitants.",
    "La régie de quartier s'engage à rouvrir la loge de la tour 4 avant juin 2027, pour 12 k€ et un mi-temps.",
    "La ville de Val-Clair prêtera la salle des fêtes deux fois par mois.",
    "L'association Zinnia s'engage à tenir un stand.",
)


def content(suffix: str = "docx", said: tuple[str, ...] = SAID) -> bytes:
    return write(Document("Contrat", (Heading(1, "Cadre de vie"), *map(Paragraph, said))), suffix)


@pytest.fixture
def reading(deal: Deal) -> TextReading:
    made = actions.bring_text(actor=deal.lead, contract=deal.contract, content=content(), name="contrat.docx")
    actions.read_text(made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def run_jobs() -> Any:
    """Do what the worker would do."""

    def run() -> None:
        for job in Job.objects.filter(state=JobState.QUEUED):
            jobs.run.call(str(job.pk))

    return run


def one(reading: TextReading, number: int) -> TextProposal:
    return reading.proposals.get(number=number)


@pytest.mark.parametrize("suffix", ["docx", "odt", "pdf"])
def test_the_passages_come_with_their_place_and_reasons(deal: Deal, suffix: str) -> None:
    made = actions.bring_text(actor=deal.lead, contract=deal.contract, content=content(suffix), name=f"c.{suffix}")
    told: list[tuple[int, int]] = []
    actions.read_text(made.pk, lambda done, total, message="": told.append((done, total)))  # type: ignore[arg-type]  # a progress
    first, second, third = made.proposals.all()
    assert (first.signatory, second.signatory, third.signatory) == (deal.landlord, deal.town, None)
    assert (first.due_on, first.amounts) == (date(2027, 5, 31), [["euro", "12000"], ["fte", "0.5"]])
    assert third.subject == "L'association Zinnia"
    assert first.sentence == SAID[1]
    assert first.place.startswith("page 1, paragraphe" if suffix == "pdf" else "paragraphe")
    assert (first.page, first.section) == ((1, "") if suffix == "pdf" else (None, "Cadre de vie"))
    assert told == [(0, 2), (1, 2)]
    assert not Commitment.objects.exists(), "nothing is made without a person"


def test_reading_twice_gives_the_same_rows(deal: Deal, reading: TextReading) -> None:
    again = actions.bring_text(actor=deal.lead, contract=deal.contract, content=content(), name="autre nom.docx")
    assert again == reading
    actions.read_text(reading.pk)
    assert reading.proposals.count() == 3
    with pytest.raises(Conflict, match="déjà lu"):
        actions.start_reading(actor=deal.lead, reading=TextReading.objects.get(pk=reading.pk), back_url="/")


def test_accepted_as_corrected_it_cites_its_place(deal: Deal, reading: TextReading) -> None:
    proposal = one(reading, 1)
    made = actions.take_proposal(
        actor=deal.lead, proposal=proposal, signatory=deal.town, wording="Rouvrir la loge", due_on=date(2027, 5, 31),
        level="mainstream", means=[("euro", Decimal(12000))], means_kind="specific",
    )  # fmt: skip
    proposal.refresh_from_db()
    assert (made.text, made.signatory, made.due_on) == ("Rouvrir la loge", deal.town, date(2027, 5, 31))
    assert [(m.kind, m.amount) for m in made.means.all()] == [("specific", Decimal("12000.00"))]
    assert (proposal.state, proposal.commitment, proposal.sentence) == (ProposalState.TAKEN, made, SAID[1])
    for again in (
        lambda: actions.take_proposal(actor=deal.lead, proposal=proposal, signatory=deal.town, wording="Encore"),
        lambda: actions.leave_proposal(actor=deal.lead, proposal=proposal),
    ):
        with pytest.raises(Conflict, match="déjà devenue un engagement"):
            again()
    assert Commitment.objects.count() == 1


def test_left_it_can_be_looked_at_again(deal: Deal, reading: TextReading) -> None:
    actions.leave_proposal(actor=deal.lead, proposal=one(reading, 2))
    assert one(reading, 2).state == ProposalState.LEFT
    made = actions.take_proposal(
        actor=deal.lead, proposal=one(reading, 2), signatory=deal.town, wording="Prêter la salle"
    )
    assert one(reading, 2).commitment == made


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_LEAD}))
def test_only_the_lead_reads_the_text(deal: Deal, reading: TextReading, member: Any, role: Role) -> None:
    actor = member(role)
    with pytest.raises(Refused):
        actions.bring_text(actor=actor, contract=deal.contract, content=b"x", name="x.txt")
    with pytest.raises(Refused):
        actions.take_proposal(actor=actor, proposal=one(reading, 1), signatory=deal.town, wording="x")
    with pytest.raises(Refused):
        actions.leave_proposal(actor=actor, proposal=one(reading, 1))
    with pytest.raises(Refused):
        actions.start_reading(actor=actor, reading=reading, back_url="/")


def test_nothing_crosses_spaces(deal: Deal, reading: TextReading, stranger: Any) -> None:
    with pytest.raises(Refused):
        actions.leave_proposal(actor=stranger, proposal=one(reading, 1))
    with pytest.raises(Refused):
        actions.bring_text(actor=stranger, contract=deal.contract, content=b"x", name="x.txt")
    other = type(deal.town)(space=deal.lead.space, contract_id=deal.steering.pk)
    with pytest.raises(Invalid):
        actions.take_proposal(actor=deal.lead, proposal=one(reading, 1), signatory=other, wording="x")


def test_the_journal_cites_and_holds_no_word(deal: Deal, reading: TextReading) -> None:
    actions.take_proposal(actor=deal.lead, proposal=one(reading, 1), signatory=deal.landlord, wording="Rouvrir zinnia")
    actions.leave_proposal(actor=deal.lead, proposal=one(reading, 3))
    lines = {line.action: line for line in Entry.objects.filter(action__startswith="commitments.")}
    assert {"commitments.bring_text", "commitments.take_proposal", "commitments.leave_proposal"} <= set(lines)
    assert not any("innia" in f"{line.details}{line.label}" for line in lines.values())


def test_the_whole_way_by_the_pages(deal: Deal, client_for: Any, run_jobs: Any) -> None:
    browser = client_for(deal.lead)
    sent = browser.post(TEXTS, {"file": SimpleUploadedFile("contrat.odt", content("odt"))})
    assert "/travaux/" in sent.headers["Location"] or "/job" in sent.headers["Location"]
    reading = TextReading.objects.get()
    list_url = f"{TEXTS}{reading.code}/"
    assert browser.get(list_url).headers["Location"] == sent.headers["Location"], "not read yet: its progress"
    run_jobs()
    page = browser.get(list_url).content.decode()
    assert "Relire la suite" in page
    assert "« L&#x27;association Zinnia », à reconnaître" in page
    first = browser.get(f"{list_url}1/").content.decode()
    assert SAID[1].replace("'", "&#x27;") in first
    assert "31/05/2027" in first or "2027-05-31" in first
    assert browser.get(f"{list_url}9/").status_code == 404
    bad = browser.post(f"{list_url}1/", {"verb": "take", "signatory": "", "wording": "Rouvrir la loge bleue"})
    assert (bad.status_code, "Rouvrir la loge bleue" in bad.content.decode()) == (422, True)
    took = browser.post(
        f"{list_url}1/",
        {"verb": "take", "signatory": str(deal.landlord.pk), "wording": "Rouvrir la loge", "due_on": "2027-05-31",
         "fte": "0,5", "means_kind": "mainstream"},
    )  # fmt: skip
    assert took.headers["Location"] == f"{list_url}2/", "on to the next one"
    assert browser.post(f"{list_url}3/", {"verb": "leave"}).headers["Location"] == f"{list_url}2/", (
        "what was passed over"
    )
    assert browser.post(f"{list_url}2/", {"verb": "leave"}).headers["Location"] == list_url
    again = browser.post(f"{list_url}1/", {"verb": "leave"}, follow=True).content.decode()
    assert "déjà devenue un engagement" in again
    made = Commitment.objects.get()
    shown = browser.get(f"/val-clair/engagements/{made.code}/").content.decode()
    assert "Dans le contrat" in shown
    assert "contrat.odt" in shown
    assert SAID[1].replace("'", "&#x27;") in shown
    assert "tout est relu" in browser.get(TEXTS).content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [("vide.docx", b"", "vide"), ("photo.pdf", b"GIF89a", "image"), ("a.zip", b"PK\x03\x04", "abîmé")],
)
def test_what_is_no_document_is_told_beside_its_field(
    deal: Deal, client_for: Any, name: str, sent: bytes, said: str
) -> None:
    answer = client_for(deal.lead).post(TEXTS, {"file": SimpleUploadedFile(name, sent)})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not TextReading.objects.exists()


def test_a_reading_that_stopped_says_why_and_starts_again(deal: Deal, client_for: Any, run_jobs: Any) -> None:
    browser = client_for(deal.lead)
    browser.post(TEXTS, {"file": SimpleUploadedFile("casse.pdf", b"%PDF-1.4 rien")})
    run_jobs()
    reading = TextReading.objects.get()
    assert Job.objects.get(subject_id=reading.pk).state == JobState.FAILED
    url = f"{TEXTS}{reading.code}/"
    assert "abîmé" in browser.get(url).content.decode()
    assert browser.post(url).status_code == 302
    assert Job.objects.filter(subject_id=reading.pk).count() == 2


def test_it_costs_as_many_questions_for_many_proposals_as_for_one(deal: Deal, client_for: Any) -> None:
    browser = client_for(deal.lead)

    def cost(count: int) -> tuple[int, ...]:
        said = tuple(f"La régie de quartier ouvrira le local numéro {n}." for n in range(count))
        made = actions.bring_text(
            actor=deal.lead, contract=deal.contract, content=content("odt", said), name=f"{count}.odt"
        )
        actions.read_text(made.pk)
        costs = []
        for url in (f"{TEXTS}{made.code}/", f"{TEXTS}{made.code}/1/", TEXTS):
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(url).status_code == 200
            costs.append(len(caught))
        return tuple(costs)

    few = cost(2)
    assert cost(40) == few
    assert max(few) <= 12
