"""`manage.py reseal_credentials`: seal every stored secret anew with the first key; prints how many."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from accounts.resealing import reseal_second_factors
from outbox.errors import AccountBroken
from social.credentials import seal, unseal
from social.models import Account, OnCallContact, PlatformApp


class Command(BaseCommand):
    """Run it after a new key was put first in CREDENTIALS_KEY; then the old key may go."""

    help = (
        "Seal all stored secrets with the first key of CREDENTIALS_KEY. Exit code 1 if one cannot be opened."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Reseal row by row, each in a transaction of its own, so that nothing waits for it."""
        done, lost = reseal_second_factors()
        for rows, column in (
            (Account.objects.all(), "sealed_secrets"),
            (PlatformApp.objects.all(), "sealed_secret"),
            (OnCallContact.objects.all(), "sealed_secret"),
        ):
            for pk in rows.order_by("pk").values_list("pk", flat=True):
                outcome = _reseal(rows, pk, column)
                done, lost = done + (outcome is True), lost + (outcome is False)
        self.stdout.write(f"{done} secrets sealed anew, {lost} could not be opened.")
        if lost:
            raise SystemExit(1)


def _reseal(rows: QuerySet[Any], pk: int, column: str) -> bool | None:
    """Reseal one row; None when it holds nothing, False when no key opens it."""
    with transaction.atomic():
        row = rows.select_for_update(no_key=True).get(pk=pk)
        sealed = bytes(getattr(row, column))
        if not sealed:
            return None
        try:
            rows.filter(pk=pk).update(**{column: seal(unseal(sealed))})
        except AccountBroken:
            return False
    return True
