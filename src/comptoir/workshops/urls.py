"""Addresses of comptoirs: /<space>/comptoirs/<code>/…"""

from django.urls import path, re_path

from comptoir.workshops.views import (
    boards,
    cycles,
    echoes,
    imports,
    lexicon,
    lines,
    lists,
    readings,
    resemblances,
    syntheses,
    templates,
)

LINE_VERBS = "compter|reformuler|deplacer|rapprocher|separer|retirer"
BOARD_VERBS = "ajouter|compter|deplacer|rapprocher|separer|annuler|distinguer|plus-tard"

urlpatterns = [
    path("", lists.workshops, name="workshops"),
    path("tableau/", lists.workshops_table, name="workshops_table"),
    path("nouveau/", lists.workshop_new, name="workshop_new"),
    path("comparer/", echoes.compare, name="compare"),
    path("themes/", echoes.themes, name="themes"),
    path("themes/reglage/", echoes.silence_setting, name="silence_setting"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/nouveau/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<str:code>/", cycles.cycle, name="cycle"),
    path("cycles/<str:code>/corriger/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<str:code>/ranger/", cycles.cycle_assign, name="cycle_assign"),
    path("modeles/", templates.templates, name="templates"),
    path("modeles/nouveau/", templates.template_new, name="template_new"),
    path("modeles/<str:code>/", templates.template_edit, name="template_edit"),
    path("modeles/<str:code>/retirer/", templates.template_withdraw, name="template_withdraw"),
    path("importer/", imports.import_new, name="import_new"),
    path("importer/<str:code>/", imports.import_preview, name="import"),
    path("importer/<str:code>/annuler/", imports.import_void, name="import_void"),
    path("lexique/", lexicon.lexicon, name="lexicon"),
    path("lexique/enregistrer/", lexicon.lexicon_save, name="lexicon_save"),
    path("lexique/fichier/", lexicon.lexicon_download, name="lexicon_download"),
    path("<str:code>/", lists.workshop, name="workshop"),
    path("<str:code>/corriger/", lists.workshop_edit, name="workshop_edit"),
    path("<str:code>/ressemblances/", resemblances.resemblances, name="resemblances"),
    path("<str:code>/ressemblances/decider/", resemblances.resemblance_decide, name="resemblance_decide"),
    path("<str:code>/ressemblances/etat/", resemblances.search_state, name="search_state"),
    path("<str:code>/ressemblances/chercher/", resemblances.resemblances_refresh, name="resemblances_refresh"),
    path("<str:code>/relire/", boards.boards, name="boards"),
    path("<str:code>/relire/<str:occasion_code>/", boards.board, name="board"),
    path("<str:code>/relire/<str:occasion_code>/historique/", boards.board_history, name="board_history"),
    path("<str:code>/relire/<str:occasion_code>/etat/", boards.board_revision, name="board_revision"),
    path("<str:code>/relire/<str:occasion_code>/ressemble/", resemblances.note_near, name="note_near"),
    re_path(
        rf"^(?P<code>\w+)/relire/(?P<occasion_code>\w+)/(?P<verb>{BOARD_VERBS})/$", boards.board_act, name="board_act"
    ),
    path("<str:code>/lignes/<str:line_code>/", lines.line, name="line"),
    re_path(rf"^(?P<code>\w+)/lignes/(?P<line_code>\w+)/(?P<verb>{LINE_VERBS})/$", lines.line_act, name="line_act"),
    path("<str:code>/synthese/", syntheses.synthesis, name="synthesis"),
    path("<str:code>/synthese/valider/", syntheses.synthesis_validate, name="synthesis_validate"),
    path("<str:code>/synthese/<int:number>/", syntheses.version, name="version"),
    path("<str:code>/synthese/<int:number>/relecture/", readings.reading, name="reading"),
    path("<str:code>/synthese/<int:number>/relecture/decider/", readings.reading_decide, name="reading_decide"),
    path("<str:code>/synthese/<int:number>/publier/", syntheses.version_publish, name="version_publish"),
    path("<str:code>/synthese/<int:number>/lignes/<str:line_code>/", syntheses.version_line, name="version_line"),
]
