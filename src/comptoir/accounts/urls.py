"""Addresses outside spaces: the door, one's account, the instance."""

from django.urls import path, re_path

from comptoir.accounts.views import factors, instance, own, sign_in

urlpatterns = [
    path("connexion/", sign_in.SignIn.as_view(), name="sign_in"),
    path("connexion/code/", sign_in.code, name="sign_in_code"),
    path("connexion/code/saisir/", sign_in.code_check, name="sign_in_code_check"),
    path("connexion/second-facteur/", sign_in.second_factor, name="second_factor"),
    path("connexion/cle/", sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("connexion/cle/defi/", sign_in.passkey_ask, name="passkey_ask"),
    path("connexion/invitation/<str:token>/", sign_in.invitation, name="invitation"),
    path("deconnexion/", sign_in.SignOut.as_view(), name="sign_out"),
    path("compte/", own.account, name="account"),
    path("compte/confirmer/", own.confirm, name="account_confirm"),
    path("compte/mot-de-passe/", own.password, name="account_password"),
    path("compte/sessions/<slug:handle_>/fermer/", own.session_close, name="session_close"),
    path("compte/fermer/", own.close, name="account_close"),
    path("compte/second-facteur/", factors.overview, name="factors"),
    path("compte/second-facteur/application/", factors.application, name="factor_app"),
    path("compte/second-facteur/application/retirer/", factors.application_remove, name="factor_app_remove"),
    path("compte/second-facteur/secours/", factors.recovery, name="recovery_codes"),
    path("compte/second-facteur/cle/", factors.passkey_add, name="passkey_add"),
    path("compte/second-facteur/cle/defi/", factors.passkey_ask, name="passkey_new"),
    path("compte/second-facteur/cle/<uuid:identity>/retirer/", factors.passkey_remove, name="passkey_remove"),
    path("instance/", instance.spaces, name="instance_spaces"),
    path("instance/espaces/ouvrir/", instance.space_open, name="instance_open"),
    re_path(
        r"^instance/espaces/(?P<slug>[-\w]+)/invitation/(?P<verb>renvoyer|annuler)/$",
        instance.space_invitation,
        name="instance_invitation",
    ),
    path("instance/espaces/<slug:slug>/", instance.space, name="instance_space"),
    re_path(
        r"^instance/espaces/(?P<slug>[-\w]+)/(?P<verb>fermer|rouvrir)/$", instance.space_close, name="instance_close"
    ),
    path("instance/espaces-suivis/", instance.followed, name="instance_followed"),
]
