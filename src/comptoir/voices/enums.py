"""Vocabulary. Who speaks is never whom it is about (design, invariant 2)."""

from django.db import models


class SpeakerKind(models.TextChoices):
    """Who speaks."""

    UNKNOWN = "unknown", "non précisé"
    PROFESSIONALS = "professionals", "des professionnels"
    RESIDENTS = "residents", "des habitants"
    ELECTED_OFFICIALS = "elected_officials", "des élus"
    MIXED = "mixed", "un public mêlé"


class Subject(models.TextChoices):
    """Whom it is about. The same codes as comptoir.analysis.synthesis.model.Subject."""

    RESIDENTS = "residents", "les habitants"
    ELECTED_OFFICIALS = "elected_officials", "les élus"
    SIGNATORIES = "signatories", "les signataires"
    OTHER = "other", "un autre sujet"


class HeadingKind(models.TextChoices):
    """What a column asks. WHO and OUTLINE list names and points: nothing said, nothing counted."""

    INTEREST = "interest", "Intérêt"
    TRY = "try", "Essai à transformer"
    PITFALL = "pitfall", "Pièges à éviter"
    INVENTION = "invention", "Invention à tester"
    OTHER = "other", "Autre"
    WHO = "who", "Qui ?"
    OUTLINE = "outline", "Points"

    @property
    def counted(self) -> bool:
        return self not in {HeadingKind.WHO, HeadingKind.OUTLINE}


class StatementState(models.TextChoices):
    """ARRIVING: its import is being written. VOID: withdrawn, or its import was undone; kept all the same."""

    ARRIVING = "arriving", "en cours d'arrivée"
    LIVE = "live", "présente"
    VOID = "void", "retirée"


class ChangeKind(models.TextChoices):
    """What can be done to a line, and undone."""

    ADD = "add", "ajout"
    TALLY = "tally", "une fois de plus"
    MOVE = "move", "changement de colonne"
    GATHER = "gather", "rapprochement"
    SEPARATE = "separate", "séparation"
    REWORD = "reword", "reformulation"
    WITHDRAW = "withdraw", "retrait"


class AnswerKind(models.TextChoices):
    """What is answered to those who spoke."""

    ADOPTED = "adopted", "Retenu"
    ADAPTED = "adapted", "Retenu, en l'adaptant"
    NOT_NOW = "not_now", "Pas maintenant"
    NO = "no", "Non retenu"
