"""Addresses of the public page: /<space>/public/… for everybody, the others for the team."""

from django.urls import path

from comptoir.portal.public import plain, staff, views

urlpatterns = [
    path("public/", views.public_page, name="public_page"),
    path("public/dit/", views.public_said, name="public_said"),
    path("public/engagements/", views.public_commitments, name="public_commitments"),
    path("public/clair/<str:code>/", plain.public_plain, name="public_plain"),
    path("public/suivi/", views.public_follow_up, name="public_follow_up"),
    path("public/affiche/", views.public_poster, name="public_poster"),
    path("public/apparence-<str:version>.css", views.public_look, name="public_look"),
    path("public/logo-<str:version>.png", views.public_logo, name="public_logo"),
    path("page-publique/", staff.public_settings, name="public_settings"),
    path("codes/ligne/<str:line_code>/", staff.follow_up_line, name="follow_up_line"),
    path("codes/<str:code>/", staff.follow_up_sheet, name="follow_up_sheet"),
    path("codes/<str:code>/donner/", staff.follow_up_give, name="follow_up_give"),
]
