"""Addresses of evaluations: /<space>/evaluation/…"""

from django.urls import include, path

from comptoir.evaluation.views import answers, following, framing, overview, questions

urlpatterns = [
    path("", overview.evaluations, name="evaluations"),
    path("nouvelle/", overview.evaluation_new, name="evaluation_new"),
    path("<str:code>/", overview.evaluation, name="evaluation"),
    path("<str:code>/", include("comptoir.evaluation.urls_restitution")),
    path("<str:code>/reglages/", framing.evaluation_settings, name="evaluation_settings"),
    path("<str:code>/cadrage/", framing.framing, name="framing"),
    path("<str:code>/cadrage/signer/", framing.framing_sign, name="framing_sign"),
    path("<str:code>/cadrage/version-<int:number>/", framing.framing_version, name="framing_version"),
    path("<str:code>/cadrage/usages/nouveau/", framing.use_new, name="use_new"),
    path("<str:code>/cadrage/usages/<uuid:use>/retirer/", framing.use_withdraw, name="use_withdraw"),
    path("<str:code>/cadrage/usages/<uuid:use>/constater/", framing.use_said, name="use_said"),
    path("<str:code>/cadrage/<str:point>/", framing.framing_point, name="framing_point"),
    path("<str:code>/questions/", questions.questions, name="questions"),
    path("<str:code>/questions/nouvelle/", questions.question_new, name="question_new"),
    path("<str:code>/questions/<str:item>/", questions.question, name="question"),
    path("<str:code>/questions/<str:item>/choisir/", questions.question_choose, name="question_choose"),
    path("<str:code>/questions/<str:item>/mains/", questions.question_hands, name="question_hands"),
    path("<str:code>/questions/<str:item>/preciser/", questions.question_edit, name="question_edit"),
    path("<str:code>/questions/<str:item>/retenir/", questions.question_keep, name="question_keep"),
    path("<str:code>/questions/<str:item>/mettre-de-cote/", questions.question_park, name="question_park"),
    path("<str:code>/questions/<str:item>/retirer/", questions.question_withdraw, name="question_withdraw"),
    path("<str:code>/questions/<str:item>/sources/nouvelle/", questions.source_new, name="source_new"),
    path("<str:code>/questions/<str:item>/sources/indicateur/", following.source_follow, name="source_follow"),
    path("<str:code>/questions/<str:item>/sources/<uuid:source>/retirer/", questions.source_withdraw,
         name="source_withdraw"),
    path("<str:code>/questions/<str:item>/pieces/nouvelle/", answers.finding_new, name="finding_new"),
    path("<str:code>/questions/<str:item>/pieces/<str:piece>/retirer/", answers.finding_withdraw,
         name="finding_withdraw"),
    path("<str:code>/questions/<str:item>/jugements/nouveau/", answers.judgement_new, name="judgement_new"),
    path("<str:code>/recommandations/nouvelle/", answers.recommendation_new, name="recommendation_new"),
    path("<str:code>/recommandations/<str:item>/retirer/", answers.recommendation_withdraw,
         name="recommendation_withdraw"),
    path("<str:code>/recommandations/<str:item>/engager/", answers.recommendation_commit,
         name="recommendation_commit"),
]  # fmt: skip
