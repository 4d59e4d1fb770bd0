"""Identities: their order, their shape, their short codes."""

import time

from comptoir.kit.ids import CODE_LENGTH, short_code, uuid7


def test_an_identity_is_a_version_7_uuid_that_carries_the_present_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    identity = uuid7()
    after = time.time_ns() // 1_000_000
    assert (identity.version, identity.variant) == (7, "specified in RFC 4122")
    assert before <= identity.int >> 80 <= after


def test_identities_made_one_after_the_other_within_a_millisecond_keep_their_order() -> None:
    made = []
    for _ in range(300):
        made.append(uuid7())
        resume = time.perf_counter_ns() + 1_000
        while time.perf_counter_ns() < resume:
            pass
    assert made == sorted(made)
    assert len({identity.int >> 80 for identity in made}) < 100  # many share their millisecond


def test_a_short_code_comes_from_the_random_end_and_can_be_read_aloud() -> None:
    codes = {short_code(uuid7()) for _ in range(2_000)}
    assert len(codes) == 2_000
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert not set("".join(codes)) & set("ilou")
