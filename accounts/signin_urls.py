"""Addresses under /accounts/: the parts of allauth we use, each with its audience; must open no other part.

The names are allauth's, so its links work. Sign-up, changing one's address and its session list are left out.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path, re_path

from . import access
from .views.me import keeps_a_factor

urlpatterns = [
    path("login/", access.entrance(account.login), name="account_login"),
    path("logout/", access.entrance(account.logout), name="account_logout"),
    path("inactive/", access.entrance(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", access.signed_in(account.reauthenticate), name="account_reauthenticate"),
    path(
        "password/change/",
        access.staff_only(access.second_factor_recent(account.password_change)),
        name="account_change_password",
    ),
    path("password/reset/", access.entrance(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        access.entrance(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        access.entrance(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        access.entrance(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/", access.staff_only(factor.index), name="mfa_index"),
    path("2fa/authenticate/", access.entrance(factor.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", access.signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/totp/activate/",
        access.signed_in(access.fresh_proof(totp.activate_totp)),
        name="mfa_activate_totp",
    ),
    path(
        "2fa/totp/deactivate/",
        access.staff_only(access.fresh_proof(totp.deactivate_totp)),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/recovery-codes/",
        access.staff_only(access.fresh_proof(codes.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        access.staff_only(access.fresh_proof(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/webauthn/", access.staff_only(passkey.list_webauthn), name="mfa_list_webauthn"),
    path(
        "2fa/webauthn/add/",
        access.signed_in(access.fresh_proof(passkey.add_webauthn)),
        name="mfa_add_webauthn",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        access.signed_in(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        access.staff_only(access.fresh_proof(keeps_a_factor(passkey.remove_webauthn))),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        access.staff_only(access.fresh_proof(passkey.edit_webauthn)),
        name="mfa_edit_webauthn",
    ),
]
