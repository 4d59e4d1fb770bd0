"""The facts about commitments, by subject. Their state is read from them (state.py); nothing here stores it."""

from comptoir.commitments.models.check_ins import CheckInReply, CheckInRequest, CheckInRhythm, CheckInRound
from comptoir.commitments.models.commitment import Commitment, CommitmentWording, Means, SignOff, StatementLink
from comptoir.commitments.models.facts import Decision, Evidence
from comptoir.commitments.models.promises import Flag, Promise, PromiseCapacity, WatchKeeper
from comptoir.commitments.models.readings import TextProposal, TextReading
from comptoir.commitments.models.reviews import TableReview
from comptoir.commitments.models.snapshots import Snapshot, SnapshotLine

__all__ = [
    "CheckInReply",
    "CheckInRequest",
    "CheckInRhythm",
    "CheckInRound",
    "Commitment",
    "CommitmentWording",
    "Decision",
    "Evidence",
    "Flag",
    "Means",
    "Promise",
    "PromiseCapacity",
    "SignOff",
    "Snapshot",
    "SnapshotLine",
    "StatementLink",
    "TableReview",
    "TextProposal",
    "TextReading",
    "WatchKeeper",
]
