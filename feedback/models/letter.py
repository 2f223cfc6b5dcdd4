"""The mails that go to one resident (or one member of staff) at a time; must not know the mail server."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from outbox.models import OutgoingRow

from ..enums import LetterPurpose


class Letter(OutgoingRow):
    """One mail to one person, frozen when it is written: to, subject, text and HTML.

    The columns say what it is about, so that an erasure finds it; `once` keeps it from being written twice
    ("answer-17-<person>"): whoever writes one says what makes it the only one.
    """

    purpose = models.CharField(max_length=16, choices=LetterPurpose)
    once = models.CharField(max_length=120, unique=True, editable=False)
    # Keyed hash of the address (identity.person), emptied with the content.
    person = models.CharField(max_length=32, editable=False, db_index=True)
    answer = models.ForeignKey(
        "Answer", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    voice = models.ForeignKey(
        "Voice", null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    response = models.ForeignKey(
        "Response", null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    consultation = models.ForeignKey(
        "Consultation", null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    # Of digests and nags, which go to people on staff.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta(OutgoingRow.Meta):
        constraints = [
            *OutgoingRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(purpose__in=LetterPurpose.values), name="letter_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.once}"
