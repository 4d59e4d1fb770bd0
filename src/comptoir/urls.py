"""The whole map of addresses: each room brings its own."""

from django.urls import include, path

from comptoir.kit import gallery
from comptoir.kit import views as kit_views

urlpatterns = [
    path("sante/", kit_views.health, name="health"),
    path("composants/", gallery.gallery, name="gallery"),
    path("", include("comptoir.accounts.urls")),
    path("quartiers/", include("comptoir.territories.urls")),
    path("", include("comptoir.portal.urls")),
    path("<slug:slug>/", include("comptoir.accounts.space_urls")),
    path("<slug:slug>/quartiers/", include("comptoir.territories.space_urls")),
    path("<slug:slug>/confidentialite/", include("comptoir.disclosure.urls")),
    path("<slug:slug>/imports/", include("comptoir.imports.urls")),
    path("<slug:slug>/", include("comptoir.keeping.urls")),
    path("<slug:slug>/contrat/", include("comptoir.contracts.urls")),
    path("<slug:slug>/engagements/", include("comptoir.commitments.urls")),
    path("<slug:slug>/", include("comptoir.commitments.check_in_urls")),
    path("<slug:slug>/evaluation/", include("comptoir.evaluation.urls")),
    path("<slug:slug>/fil/", include("comptoir.thread.urls")),
    path("<slug:slug>/observatoire/", include("comptoir.observatory.urls")),
    path("<slug:slug>/comptoirs/", include("comptoir.workshops.urls")),
    path("<slug:slug>/", include("comptoir.participation.urls")),
    path("<slug:slug>/reponses/", include("comptoir.commitments.answer_urls")),
    path("<slug:slug>/reponses/", include("comptoir.workshops.answer_urls")),
    path("<slug:slug>/", include("comptoir.portal.public.urls")),
    path("<slug:slug>/documents/", include("comptoir.reports.urls")),
]
handler404 = "comptoir.portal.views.not_found"
handler500 = "comptoir.portal.views.server_error"
