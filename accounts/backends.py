"""How a password is checked; must not know about second factors or sessions."""

from allauth.account.auth_backends import AuthenticationBackend


class StaffBackend(AuthenticationBackend):
    """allauth's sign-in by e-mail address, the one way in; it grants nothing (see permissions)."""
