"""Seals people's second factors anew after a key was changed; decides nothing about them."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

SEALED = ("secret", "seed")
"""Where allauth keeps what the adapter encrypts: the app's secret, and the recovery codes' seed."""


def reseal_second_factors() -> tuple[int, int]:
    """Encrypt every stored factor with the first key; returns how many, and how many no key opens."""
    outcomes = [_reseal(pk) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True)]
    return outcomes.count(True), outcomes.count(False)


def _reseal(pk: int) -> bool | None:
    """Reseal one factor; None when it holds nothing sealed (a passkey)."""
    adapter = get_adapter()
    with transaction.atomic():
        factor = Authenticator.objects.select_for_update().get(pk=pk)
        names = [name for name in SEALED if isinstance(factor.data.get(name), str)]
        try:
            opened = {name: adapter.encrypt(adapter.decrypt(factor.data[name])) for name in names}
        except InvalidToken:
            return False
        Authenticator.objects.filter(pk=pk).update(data=factor.data | opened)
    return True if names else None
