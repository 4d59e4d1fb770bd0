"""Who may do what, role by role. The docstring of a rule is the rule; this table is the same in one look."""

from collections.abc import Callable

import pytest

from comptoir.accounts import rules
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.commitments import rules as commitment_rules
from comptoir.contracts import rules as contract_rules
from comptoir.evaluation import rules as evaluation_rules
from comptoir.observatory import rules as observatory_rules
from comptoir.participation import rules as participation_rules
from comptoir.portal.public import rules as public_rules
from comptoir.spaces.models import Space
from comptoir.thread import rules as thread_rules
from comptoir.voices import rules as voice_rules
from comptoir.workshops import rules as workshop_rules

LEAD = {Role.PROJECT_LEAD}
TEAM = LEAD | {Role.FACILITATOR}
ROOMS = (
    rules, voice_rules, workshop_rules, contract_rules, commitment_rules, evaluation_rules, observatory_rules,
    public_rules, thread_rules, participation_rules,
)  # fmt: skip
TABLE: list[tuple[Callable[[Actor], bool], set[Role]]] = [
    (rules.is_member, set(Role)),
    (rules.is_team, TEAM),
    (rules.may_change_space, LEAD),
    (rules.may_manage_people, LEAD),
    (rules.may_read_journal, LEAD | {Role.EVALUATOR}),
    (voice_rules.may_hear_raw, TEAM | {Role.EVALUATOR}),
    (voice_rules.may_note, TEAM),
    (voice_rules.may_answer, TEAM),
    (voice_rules.may_publish_answers, LEAD),
    (voice_rules.may_give_codes, TEAM),
    (workshop_rules.may_import, TEAM),
    (workshop_rules.may_validate, TEAM),
    (workshop_rules.may_mask, TEAM),
    (workshop_rules.may_publish, LEAD),
    (workshop_rules.may_set_silence, LEAD),
    (contract_rules.may_edit_contract, LEAD),
    (contract_rules.may_edit_cards, LEAD | {Role.REFERENT}),
    (contract_rules.may_see_details, TEAM | {Role.REFERENT}),
    (contract_rules.may_draft, TEAM | {Role.REFERENT}),
    (contract_rules.may_comment, TEAM | {Role.REFERENT, Role.ELECTED_OFFICIAL, Role.COUNCIL_MEMBER}),
    (contract_rules.may_log_meet_up, TEAM | {Role.REFERENT, Role.ELECTED_OFFICIAL}),
    (commitment_rules.may_write_commitments, LEAD | {Role.REFERENT}),
    (commitment_rules.may_tell_some, TEAM | {Role.REFERENT}),
    (commitment_rules.may_decide, LEAD),
    (commitment_rules.may_ask, LEAD),
    (commitment_rules.may_read_text, LEAD),
    (commitment_rules.may_see_news, TEAM),
    (commitment_rules.may_link, TEAM),
    (evaluation_rules.may_lead, LEAD),
    (evaluation_rules.may_write, LEAD | {Role.EVALUATOR}),
    (evaluation_rules.may_review, {Role.EVALUATOR}),
    (evaluation_rules.may_take_extract, LEAD | {Role.EVALUATOR}),
    (evaluation_rules.may_vote, set(Role) - {Role.FACILITATOR, Role.READER}),
    (evaluation_rules.may_propose, set(Role) - {Role.READER}),
    (evaluation_rules.may_count_hands, TEAM),
    (evaluation_rules.may_read_reviews, TEAM | {Role.EVALUATOR}),
    (evaluation_rules.may_keep_reviews, TEAM),
    (evaluation_rules.may_tell_perceived, TEAM | {Role.EVALUATOR}),
    (evaluation_rules.may_self_assess_some, TEAM | {Role.REFERENT}),
    (evaluation_rules.may_judge_some, set(Role) - {Role.READER}),
    (commitment_rules.may_promise, TEAM | {Role.REFERENT, Role.ELECTED_OFFICIAL}),
    (commitment_rules.may_set_capacity, LEAD),
    (commitment_rules.may_watch, {Role.COUNCIL_MEMBER}),
    (commitment_rules.may_name_watch_keeper, TEAM),
    (commitment_rules.may_hold_review, TEAM),
    (commitment_rules.may_read_brief, TEAM | {Role.ELECTED_OFFICIAL}),
    (observatory_rules.may_look, set(Role)),
    (observatory_rules.may_keep_indicators, TEAM),
    (participation_rules.may_write_surveys, TEAM),
    (participation_rules.may_open_surveys, LEAD),
    (public_rules.may_open_public_page, LEAD),
    (thread_rules.may_cite, LEAD),
    (thread_rules.may_read_who_speaks, TEAM | {Role.EVALUATOR}),
]


@pytest.mark.parametrize(("rule", "allowed"), TABLE, ids=[rule.__name__ for rule, _ in TABLE])
def test_a_rule_role_by_role(rule: Callable[[Actor], bool], allowed: set[Role]) -> None:
    space = Space(slug="val-clair")
    assert {role for role in Role if rule(Actor(None, "Ama", space, role))} == allowed
    assert (rule.__doc__ or "").strip().endswith(".")


def test_the_table_forgets_no_rule_on_an_actor_alone() -> None:
    found = {
        function.__name__
        for module in ROOMS
        for function in vars(module).values()
        if callable(function) and list(getattr(function, "__annotations__", {})) == ["actor", "return"]
    }
    assert found == {rule.__name__ for rule, _ in TABLE}
