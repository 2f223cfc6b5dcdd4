"""What staff decided for one account and one edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .account import Account


class Wording(models.Model):
    """What staff decided for one account and one edition: their own words, or not to post there at all."""

    edition = models.ForeignKey("updates.Edition", on_delete=models.CASCADE, related_name="wordings")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="wordings")
    # Empty: the generated text.
    text = models.TextField(_("text"), blank=True, max_length=5000)
    is_included = models.BooleanField(_("post to this account?"), default=True)
    # What needs more than one post becomes a thread, instead of being shortened (generated) or refused (own).
    is_thread = models.BooleanField(_("say it whole, in several posts?"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "account"], name="social_wording_once_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.edition} / {self.account}"
