"""An evaluation: its framing, its questions and what answers them, what is judged and recommended."""

from comptoir.evaluation.models.answers import Finding, Judgement, Recommendation
from comptoir.evaluation.models.bets import Bet, BetRound, RoomBets
from comptoir.evaluation.models.bilans import ActionReview, PerceivedChange, SelfAnswer
from comptoir.evaluation.models.framing import Evaluation, FramingNote, FramingVersion, IntendedUse
from comptoir.evaluation.models.lessons import Lesson, Skill
from comptoir.evaluation.models.methods import ChosenMethod
from comptoir.evaluation.models.outside import OutsideNote
from comptoir.evaluation.models.plain import PlainPage, PlainWording
from comptoir.evaluation.models.questions import EvaluativeQuestion, PlannedSource, QuestionVoice, RoomVoices
from comptoir.evaluation.models.restitution import Restitution, WrittenAnswer
from comptoir.evaluation.models.thanks import Thanks

__all__ = [
    "ActionReview",
    "Bet",
    "BetRound",
    "ChosenMethod",
    "Evaluation",
    "EvaluativeQuestion",
    "Finding",
    "FramingNote",
    "FramingVersion",
    "IntendedUse",
    "Judgement",
    "Lesson",
    "OutsideNote",
    "PerceivedChange",
    "PlainPage",
    "PlainWording",
    "PlannedSource",
    "QuestionVoice",
    "Recommendation",
    "Restitution",
    "RoomBets",
    "RoomVoices",
    "SelfAnswer",
    "Skill",
    "Thanks",
    "WrittenAnswer",
]
