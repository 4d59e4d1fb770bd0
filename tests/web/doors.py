"""What a door is, and the sets of roles that tables of doors use: see test_doors.

Each room has its own table in `doors_<room>.py`: `DOORS`, and `things(lead, member)`, which makes what they name.
"""

from dataclasses import dataclass

from comptoir.accounts.enums import Role

EVERYONE = frozenset(Role)
TEAM = frozenset({Role.PROJECT_LEAD, Role.FACILITATOR})
HEARING = TEAM | {Role.EVALUATOR}
LEAD = frozenset({Role.PROJECT_LEAD})
# Addresses outside spaces that test_outside_doors tries, one by one.
OUTSIDE = {
    "account", "account_close", "account_confirm", "account_password", "factor_app", "factor_app_remove", "factors",
    "instance_close", "instance_followed", "instance_invitation", "instance_open", "instance_space",
    "instance_spaces", "invitation", "passkey_add",
    "passkey_ask", "passkey_new", "passkey_remove", "passkey_sign_in", "recovery_codes", "second_factor",
    "session_close", "sign_in_code", "sign_in_code_check",
}  # fmt: skip
# Addresses of a space for everybody, once it has opened its public page: test_public_doors tries them, one by one.
PUBLIC = {
    "public_commitments", "public_follow_up", "public_logo", "public_look", "public_page", "public_plain",
    "public_poster", "public_said",
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """An address of a space: `args` after the slug and `post` name things of the test (`{line}`).

    `query` is what stands behind it. `otherwise` is what a member who may not gets: 403 where the rule says no, 404
    where the thing is not shown to them.
    """

    name: str
    may: frozenset[Role]
    args: tuple[str, ...] = ()
    post: dict[str, str] | None = None
    otherwise: int = 403
    query: str = ""
