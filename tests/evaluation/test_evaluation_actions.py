"""What is done to an evaluation: who may, what is refused in one sentence, what stays."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.commitments.actions import write as commit
from comptoir.contracts.actions import plan_meeting
from comptoir.evaluation import actions
from comptoir.evaluation.enums import College, Point, QuestionStatus, UseFate
from comptoir.evaluation.models import Finding, FramingNote, Judgement, QuestionVoice
from comptoir.evaluation.reading import board_of, evidence_of, judgements_of, side_by_side
from comptoir.evaluation.rules import COLLEGES, may_judge, may_lead, may_propose, may_vote, may_write
from comptoir.evaluation.sheet import sheet_of
from comptoir.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)


def fill(study: Study, **texts: str) -> None:
    for point, text in texts.items():
        actions.write(actor=study.lead, evaluation=study.evaluation, point=point, text=text)


# Le cadrage


def test_the_sheet_fills_point_by_point(study: Study) -> None:
    assert (sheet_of(study.evaluation).filled, sheet_of(study.evaluation).wanted) == (0, 8)
    fill(study, why="Décider de la suite", left_out="La rénovation")
    actions.add_use(
        actor=study.lead, evaluation=study.evaluation, user="Le comité", use="réviser", due_on=date(2027, 10, 1)
    )
    actions.change(
        actor=study.lead, evaluation=study.evaluation, kit="light", ends_on=date(2027, 10, 15), scope=["outcomes"],
        budget=Decimal(12_000), contract_money=Decimal(1_500_000), days=None,
    )  # fmt: skip
    sheet = sheet_of(study.evaluation)
    assert (sheet.filled, sheet.why) == (5, "Décider de la suite")
    held = {line.point: line.lines for _, lines in sheet.headings for line in lines}
    assert held[Point.BUDGET] == ("12\u202f000\xa0€, soit 0,8 % de l'argent du contrat",)
    assert held[Point.USES] == ("Le comité : réviser, pour le 01/10/2027",)


def test_writing_again_keeps_what_was_written(study: Study) -> None:
    fill(study, why="Une")
    fill(study, why="Deux")
    fill(study, why="Deux")
    fill(study, why="")
    assert list(FramingNote.objects.order_by("id").values_list("text", flat=True)) == ["Une", "Deux", ""]
    assert sheet_of(study.evaluation).filled == 0


def test_a_text_written_meanwhile_is_shown_before_it_is_covered(study: Study) -> None:
    fill(study, why="Avant")
    read = FramingNote.objects.get()
    ask = {"actor": study.lead, "evaluation": study.evaluation, "point": "why"}
    actions.write(**ask, text="Du premier onglet", over=str(read.pk))
    with pytest.raises(Conflict, match="Du premier onglet"):
        actions.write(**ask, text="Du second", over=str(read.pk))
    assert sheet_of(study.evaluation).why == "Du premier onglet"
    actions.write(**ask, text="Du second", over=str(FramingNote.objects.order_by("-id")[0].pk))
    assert sheet_of(study.evaluation).why == "Du second"


def test_what_is_already_signed_is_not_signed_again_by_mistake(study: Study) -> None:
    fill(study, why="Décider")
    ask = {"actor": study.lead, "evaluation": study.evaluation, "signed_by": "Le comité"}
    actions.sign(**ask, meeting=study.meeting)
    with pytest.raises(Conflict, match="version 1"):
        actions.sign(**ask, meeting=study.meeting)
    later = plan_meeting(actor=study.lead, body=study.meeting.body, held_on=date(2027, 3, 1))
    assert actions.sign(**ask, meeting=later).number == 2


def test_a_signed_version_never_moves(study: Study) -> None:
    fill(study, why="Avant")
    version = actions.sign(actor=study.lead, evaluation=study.evaluation, meeting=study.meeting, signed_by="Le comité")
    fill(study, why="Après")
    version.refresh_from_db()
    assert version.content[0]["points"][0]["lines"] == ["Avant"]
    second = actions.sign(actor=study.lead, evaluation=study.evaluation, meeting=study.meeting, signed_by="Le comité")
    assert (version.number, second.number) == (1, 2)


def test_only_a_body_that_validates_signs(study: Study) -> None:
    with pytest.raises(Invalid, match="qui valide"):
        actions.sign(actor=study.lead, evaluation=study.evaluation, meeting=study.technical, signed_by="Nous")


def test_whether_it_was_used_is_asked_once_its_day_has_come(study: Study) -> None:
    use = actions.add_use(actor=study.lead, evaluation=study.evaluation, user="Le comité", use="réviser", due_on=TODAY)
    with pytest.raises(Conflict):
        actions.say_used(actor=study.lead, use=use, fate="used", note="", on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid):
        actions.say_used(actor=study.lead, use=use, fate="open", note="", on=TODAY)
    assert actions.say_used(actor=study.lead, use=use, fate="used", note="", on=TODAY).fate == UseFate.USED
    actions.withdraw_use(actor=study.lead, use=use)
    assert sheet_of(study.evaluation).uses == ()


# Les questions


@pytest.mark.parametrize("role", list(Role))
def test_each_role_in_its_place(study: Study, role: Role) -> None:
    actor = study.lead if role == Role.PROJECT_LEAD else study.who(role)
    assert may_lead(actor) == (role == Role.PROJECT_LEAD)
    assert may_write(actor) == (role in {Role.PROJECT_LEAD, Role.EVALUATOR})
    assert may_vote(actor) == (role in COLLEGES)
    assert may_propose(actor) == (role != Role.READER)
    judges = {college for college in College if may_judge(actor, college)}
    expected = set(College) if role in {Role.PROJECT_LEAD, Role.FACILITATOR} else {COLLEGES.get(role)} - {None}
    assert judges == expected


def test_one_proposes_for_ones_own_college(study: Study) -> None:
    official = study.who(Role.ELECTED_OFFICIAL)
    given = {"evaluation": study.evaluation, "text": "Pour qui ?", "proposed_by": "Un élu"}
    with pytest.raises(Refused, match="votre collège"):
        actions.propose(actor=official, college="residents", **given)
    assert actions.propose(actor=official, college="officials", **given).college == "officials"


def test_voices_on_line_and_in_the_room_are_counted_by_college(study: Study) -> None:
    first, second = study.ask("Une ?"), study.ask("Deux ?")
    council = study.who(Role.COUNCIL_MEMBER)
    assert actions.choose(actor=council, question=first, on=True)
    assert not actions.choose(actor=council, question=first, on=True)
    actions.count_hands(actor=study.lead, question=second, college="residents", number=2, on=TODAY)
    actions.count_hands(actor=study.lead, question=second, college="residents", number=3, on=TODAY)
    rows = {row.question.text: row for row in board_of(council, study.evaluation, TODAY).rows}
    assert rows["Une ?"].mine
    assert not rows["Deux ?"].mine
    voices = rows["Une ?"].votes.shares
    assert voices[first.pk].by_college[College.RESIDENTS] == (1, 0.25)
    assert (voices[second.pk].share, voices[second.pk].by_college[College.RESIDENTS]) == (0.75, (3, 0.75))
    assert actions.choose(actor=council, question=first, on=False)
    assert not QuestionVoice.objects.exists()


def test_the_journal_does_not_tell_what_somebody_chose(study: Study) -> None:
    question = study.ask()
    actions.choose(actor=study.who(Role.COUNCIL_MEMBER), question=question, on=True)
    line = Entry.objects.get(action="evaluation.choose")
    assert (line.object_id, line.details) == (study.evaluation.pk, {})


def test_parking_says_why_and_withdrawing_is_for_the_lead(study: Study) -> None:
    question = study.ask()
    with pytest.raises(Invalid, match="pourquoi"):
        actions.settle(actor=study.lead, question=question, status="parked")
    actions.settle(actor=study.lead, question=question, status="parked", reason="Hors de prise")
    assert question.status == QuestionStatus.PARKED
    official = study.who(Role.ELECTED_OFFICIAL)
    with pytest.raises(Refused):
        actions.withdraw_question(actor=official, question=question)
    actions.withdraw_question(actor=study.lead, question=question)
    with pytest.raises(Conflict, match="retirée"):
        actions.settle(actor=study.lead, question=question, status="kept")


def test_a_question_is_ready_with_a_figure_and_a_voice(study: Study) -> None:
    question = study.ask()
    actions.specify(actor=study.lead, question=question, criterion="impact", leverage=2)
    for nature in ("figure", "voice"):
        (row,) = board_of(study.lead, study.evaluation, TODAY).rows
        assert not row.readiness.ready
        actions.plan(
            actor=study.lead, question=question, nature=nature, label="Délai", owner="Le bailleur",
            due_on=date(2027, 3, 1), on=TODAY, days=Decimal("1.5"),
        )  # fmt: skip
    (row,) = board_of(study.lead, study.evaluation, TODAY).rows
    assert row.readiness.ready
    assert board_of(study.lead, study.evaluation, TODAY).budget.figures == 0  # not kept yet
    actions.settle(actor=study.lead, question=question, status="kept")
    found = board_of(study.lead, study.evaluation, TODAY + timedelta(days=365)).budget
    assert (found.figures, found.days, found.unused) == (1, 1.5, ("Délai",))


# Les pièces et les jugements


def bring(study: Study, **given: Any) -> Finding:
    question = given.pop("question", None) or study.ask()
    return actions.bring(actor=study.lead, question=question, on=TODAY, **given)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "figure", "text": "Un délai"}, "figure"),
        ({"kind": "note", "text": " "}, "text"),
        ({"kind": "voice"}, "line"),
        ({"kind": "commitment"}, "commitment"),
        ({"kind": "document", "text": "Un bilan", "url": "javascript:alert(1)"}, "url"),
        ({"kind": "rumour", "text": "On dit"}, "kind"),
    ],
)
def test_a_piece_without_its_matter_is_refused_beside_its_field(
    study: Study, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        bring(study, **given)
    assert refused.value.field == field


def test_a_commitment_is_read_with_its_state_of_the_day(study: Study) -> None:
    commitment = commit(actor=study.lead, signatory=study.landlord, wording="Réparer sous dix jours")
    finding = bring(study, kind="commitment", commitment=commitment)
    (shown,) = evidence_of(finding.question, TODAY)
    assert (shown.text, shown.state) == ("Réparer sous dix jours", "à préciser")
    actions.take_off(actor=study.lead, finding=finding)
    assert evidence_of(finding.question, TODAY) == []


def test_what_is_not_of_the_space_is_refused(study: Study, stranger: Actor) -> None:
    with pytest.raises(Refused):
        actions.bring(actor=stranger, question=study.ask(), kind="note", text="Un mot", on=TODAY)


def judge(study: Study, question: Any, actor: Actor, college: str, verdict: str) -> Judgement:
    return actions.judge(
        actor=actor, question=question, college=college, verdict=verdict, reasons="Nous l'avons vu",
        confidence="high", given_by="Le groupe", on=TODAY,
    )  # fmt: skip


def test_each_college_judges_apart_and_the_last_one_stands(study: Study) -> None:
    question = study.ask()
    council = study.who(Role.COUNCIL_MEMBER)
    judge(study, question, study.lead, "signatories", "yes")
    judge(study, question, council, "residents", "yes")
    judge(study, question, council, "residents", "no")
    with pytest.raises(Refused):
        judge(study, question, council, "signatories", "no")
    said = side_by_side(judgements_of([question])[question.pk])
    told = {one.college: one.judgement.verdict for one in said if one.judgement}
    assert told == {College.RESIDENTS: "no", College.SIGNATORIES: "yes"}
    assert Judgement.objects.count() == 3
    (row,) = board_of(study.lead, study.evaluation, TODAY).rows
    assert row.apart


# Les recommandations


def test_a_recommendation_becomes_one_commitment_however_often_it_is_sent(study: Study) -> None:
    made = actions.recommend(
        actor=study.lead, evaluation=study.evaluation, text="Afficher les retards", on=TODAY,
        signatory=study.landlord, due_on=date(2027, 6, 30),
    )  # fmt: skip
    one = actions.become_commitment(actor=study.lead, recommendation=made)
    again = actions.become_commitment(actor=study.lead, recommendation=made)
    assert one == again
    assert (one.text, one.due_on, one.signatory) == ("Afficher les retards", date(2027, 6, 30), study.landlord)
    made.refresh_from_db()
    with pytest.raises(Conflict, match="engagement"):
        actions.withdraw_recommendation(actor=study.lead, recommendation=made)


def test_a_recommendation_to_nobody_asks_to_whom(study: Study) -> None:
    made = actions.recommend(actor=study.lead, evaluation=study.evaluation, text="Afficher", on=TODAY)
    with pytest.raises(Invalid, match="à qui"):
        actions.become_commitment(actor=study.lead, recommendation=made)
    actions.withdraw_recommendation(actor=study.lead, recommendation=made)
    with pytest.raises(Conflict):
        actions.become_commitment(actor=study.lead, recommendation=made)
