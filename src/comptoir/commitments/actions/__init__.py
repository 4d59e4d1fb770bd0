"""What is done to commitments: one function an operation."""

from comptoir.commitments.actions.check_ins import (
    close_round,
    mark_unreached,
    open_round,
    reopen_round,
    send_again,
    set_rhythm,
)
from comptoir.commitments.actions.facts import confirm, decide, give_evidence, reply_to_decision, withdraw_evidence
from comptoir.commitments.actions.links import link, unlink
from comptoir.commitments.actions.many import Written, change_many, withdraw_many, write_many
from comptoir.commitments.actions.news import tell_news, update_line
from comptoir.commitments.actions.promises import (
    become_commitment,
    follow_promise,
    publish_promise,
    set_capacity,
    withdraw_promise,
    write_promise,
)
from comptoir.commitments.actions.readings import (
    bring_text,
    leave_proposal,
    read_text,
    start_reading,
    take_proposal,
)
from comptoir.commitments.actions.register import change, put_back, reword, set_means, sign_off, withdraw, write
from comptoir.commitments.actions.replies import forward, reply
from comptoir.commitments.actions.reviews import hold_review
from comptoir.commitments.actions.snapshots import take_snapshot
from comptoir.commitments.actions.watching import (
    answer_flag,
    name_watch_keeper,
    raise_flag,
    stop_watching,
    watch,
    withdraw_flag,
)

__all__ = [
    "Written",
    "answer_flag",
    "become_commitment",
    "bring_text",
    "change",
    "change_many",
    "close_round",
    "confirm",
    "decide",
    "follow_promise",
    "forward",
    "give_evidence",
    "hold_review",
    "leave_proposal",
    "link",
    "mark_unreached",
    "name_watch_keeper",
    "open_round",
    "publish_promise",
    "put_back",
    "raise_flag",
    "read_text",
    "reopen_round",
    "reply",
    "reply_to_decision",
    "reword",
    "send_again",
    "set_capacity",
    "set_means",
    "set_rhythm",
    "sign_off",
    "start_reading",
    "stop_watching",
    "take_proposal",
    "take_snapshot",
    "tell_news",
    "unlink",
    "update_line",
    "watch",
    "withdraw",
    "withdraw_evidence",
    "withdraw_flag",
    "withdraw_many",
    "withdraw_promise",
    "write",
    "write_many",
    "write_promise",
]
