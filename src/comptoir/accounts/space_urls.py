"""Addresses inside a space."""

from django.urls import path, re_path

from comptoir.accounts import serving
from comptoir.accounts.views import people, space, welcome

urlpatterns = [
    path("bienvenue/", welcome.welcome, name="welcome"),
    path("reglages/", space.settings_page, name="space_settings"),
    path("reglages/centre-de-ressources/", space.resource_centre, name="space_resource_centre"),
    path("apparence-<str:version>.css", space.look, name="look"),
    path("logo-<str:version>.png", space.logo, name="logo"),
    path("fichiers/<str:code>/", serving.stored_file, name="stored_file"),
    path("travaux/<str:code>/", space.job, name="job"),
    path("personnes/", people.people, name="people"),
    path("personnes/inviter/", people.invite, name="invite"),
    re_path(
        r"^personnes/invitations/(?P<code>\w+)/(?P<verb>renvoyer|annuler)/$",
        people.invitation_act,
        name="invitation_act",
    ),
    path("personnes/invitations/", people.invitations, name="invitations"),
    path("personnes/invitations/<str:code>/", people.invitation_page, name="invitation_page"),
    path("personnes/<str:code>/", people.member, name="member"),
]
