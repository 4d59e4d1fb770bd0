"""The pages of evaluations: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
ALL = f"{HOME}evaluation/"
PLACES: dict[str, Place] = {
    "evaluations": (LEAD, ALL),
    "evaluations/empty": ("newcomer", "/rive-neuve/evaluation/"),
    "evaluation_new": (LEAD, f"{ALL}nouvelle/"),
    "action_reviews": (LEAD, f"{ALL}bilans/"),
    "action_reviews/filtered": ("evaluator", f"{ALL}bilans/?annee=2025&usage=non"),
    "action_reviews/empty": ("newcomer", "/rive-neuve/evaluation/bilans/"),
    "action_review": (LEAD, "{action_review}"),
    "action_reviews_feed": ("facilitator", f"{ALL}bilans/compter/"),
    "action_reviews_feed/shown": (LEAD, "{fed_indicator}"),
    "evaluation": (LEAD, "{evaluation}"),
    "evaluation/reader": ("reader", "{evaluation}"),
    "evaluation_settings": (LEAD, "{evaluation}reglages/"),
    "framing": (LEAD, "{evaluation}cadrage/"),
    "framing/resident": ("council_member", "{evaluation}cadrage/"),
    "framing_point": (LEAD, "{evaluation}cadrage/why/"),
    "framing_sign": (LEAD, "{evaluation}cadrage/signer/"),
    "framing_version": ("reader", "{evaluation}cadrage/version-1/"),
    "use_new": (LEAD, "{evaluation}cadrage/usages/nouveau/"),
    "use_said": (LEAD, "{intended_use}"),
    "questions": (LEAD, "{evaluation}questions/"),
    "questions/resident": ("council_member", "{evaluation}questions/"),
    "question_new": ("elected_official", "{evaluation}questions/nouvelle/"),
    "self_assessments": (LEAD, "{evaluation}signataires/"),
    "self_assessments/before": ("reader", "{evaluation}signataires/?annee=2025"),
    "self_assess": (LEAD, "{self_assess}"),
    "question": (LEAD, "{evaluative_question}"),
    "question/resident": ("council_member", "{evaluative_question}"),
    "question_edit": (LEAD, "{evaluative_question}preciser/"),
    "question_park": (LEAD, "{evaluative_question}mettre-de-cote/"),
    "source_new": ("evaluator", "{evaluative_question}sources/nouvelle/"),
    "source_follow": ("evaluator", "{evaluative_question}sources/indicateur/"),
    "question/followed": ("reader", "{followed_question}"),
    "perceived_new": ("facilitator", "{evaluative_question}ressenti/nouveau/"),
    "finding_new": ("evaluator", "{evaluative_question}pieces/nouvelle/"),
    "judgement_new": ("council_member", "{evaluative_question}jugements/nouveau/"),
    "recommendation_new": (LEAD, "{evaluation}recommandations/nouvelle/"),
}
ACTIONS = frozenset({
    "use_withdraw", "question_choose", "question_hands", "question_keep", "question_withdraw", "source_withdraw",
    "finding_withdraw", "perceived_withdraw", "action_review_quote", "recommendation_withdraw", "recommendation_commit",
})  # fmt: skip


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links, as the project lead."""
    evaluation = re.findall(rf'href="({ALL}\w{{10}}/)"', read(ALL))[0]
    questions = re.findall(rf'href="({evaluation}questions/\w{{10}}/)"', read(f"{evaluation}questions/"))
    use = re.findall(rf'action="({evaluation}cadrage/usages/[\w-]+/)retirer/"', read(f"{evaluation}cadrage/"))[0]
    followed = next(one for one in dict.fromkeys(questions) if "suivi à l'observatoire" in read(one))
    review = re.findall(rf'href="({ALL}bilans/\w{{10}}/)"', read(f"{ALL}bilans/?tri=-questions"))[0]
    feed = f"{ALL}bilans/compter/"
    code = re.findall(r'<option value="(\w{10})">Personnes touchées', read(feed))[0]
    return {
        "self_assess": re.findall(rf'href="({evaluation}signataires/\w{{10}}/)"', read(f"{evaluation}signataires/"))[0],
        "action_review": review, "fed_indicator": f"{feed}?indicateur={code}",
        "evaluation": evaluation, "evaluative_question": questions[0], "followed_question": followed,
        "intended_use": f"{use}constater/",
    }  # fmt: skip
