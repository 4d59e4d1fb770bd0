"""The plain page as it stands: each question of the frozen state, its plain words, the advice on them."""

from dataclasses import dataclass

from comptoir.analysis.plain_language import Advice, advice
from comptoir.evaluation.frozen import Asked, Content
from comptoir.evaluation.models import PlainPage, PlainWording, Restitution


@dataclass(frozen=True, slots=True)
class Told:
    """A question and its plain words, empty where nobody wrote them yet. `lines`: one paragraph each."""

    asked: Asked
    question: str
    answer: str
    left_out: bool

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.answer.splitlines() if line.strip()]

    @property
    def missing(self) -> bool:
        return not self.left_out and not (self.question and self.answer)

    @property
    def advice(self) -> list[Advice]:
        return advice(f"{self.question}\n{self.answer}")


def page_of(restitution: Restitution) -> PlainPage | None:
    return PlainPage.objects.filter(restitution=restitution).first()


def told_of(page: PlainPage | None, content: Content) -> list[Told]:
    """Every question of the state, in its order. One query."""
    words: dict[str, PlainWording] = {}
    if page is not None:
        words = {str(one.asked): one for one in PlainWording.objects.filter(page=page).order_by("id")}
    return [_told(asked, words.get(asked["id"])) for asked in content["questions"]]


def _told(asked: Asked, one: PlainWording | None) -> Told:
    return Told(asked, one.question, one.answer, one.left_out) if one else Told(asked, "", "", left_out=False)
