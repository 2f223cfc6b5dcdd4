"""One person's answer to a consultation, and what they chose; words are Remarks; must not moderate."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ResponseState, Via
from .voice import new_token


class Response(models.Model):
    """One person's answer: saved as often as they like, sent once."""

    consultation = models.ForeignKey("Consultation", on_delete=models.PROTECT, related_name="responses")
    # In the address the person comes back to; unguessable.
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    state = models.CharField(max_length=11, choices=ResponseState, default=ResponseState.STARTED)
    via = models.CharField(_("came in"), max_length=5, choices=Via, default=Via.WEB)
    # Of paper and telephone: who typed it in, and the number on the paper.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper_number = models.CharField(_("number on the paper"), max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    wants_outcome = models.BooleanField(_("wants to hear what came of it?"), default=False)
    # Keyed hash of the address or code, else random (identity.person).
    person = models.CharField(max_length=32, editable=False, db_index=True)
    code = models.OneToOneField(
        "AccessCode", null=True, blank=True, on_delete=models.PROTECT, related_name="response"
    )
    ward = models.ForeignKey("places.Ward", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # Compared with closes_at, never the time a page was opened.
    sent_at = models.DateTimeField(null=True, blank=True)
    # Came with many others from one network within a short time; counted, marked, and looked at by a person.
    is_in_burst = models.BooleanField(default=False)
    set_aside_because = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "email"],
                condition=Q(state=ResponseState.COUNTED) & ~Q(email=""),
                name="response_counted_once_per_address",
            ),
            models.UniqueConstraint(
                fields=["consultation", "paper_number"],
                condition=~Q(paper_number=""),
                name="response_paper_typed_in_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ResponseState.STARTED) | Q(sent_at__isnull=False),
                name="response_sent_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(via=Via.WEB) | Q(entered_by__isnull=False),
                name="response_not_from_the_web_has_a_typist",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResponseState.SET_ASIDE) | ~Q(set_aside_because=""),
                name="response_set_aside_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "state", "sent_at"], name="response_state"),
            models.Index(fields=["email"], name="response_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} to {self.consultation_id}"


class Reply(models.Model):
    """What one answer says to one question: an option, a number, or words not yet sent."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="replies")
    item = models.ForeignKey("Item", on_delete=models.PROTECT, related_name="replies")
    option = models.ForeignKey(
        "Option", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    # The rating, or the place in the order (1 is first).
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    # Words while they are only saved; sent, they are a Remark, which moderators read.
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["item__number", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "item", "option"],
                condition=Q(option__isnull=False),
                name="reply_once_per_option",
            ),
            models.UniqueConstraint(
                fields=["response", "item"],
                condition=Q(option__isnull=True),
                name="reply_once_without_option",
            ),
        ]
        indexes = [models.Index(fields=["item", "option"], name="reply_counted")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.item_id}"


class Outcome(models.Model):
    """What was said, what was decided, what changed and why not: the end of a consultation, or of a theme.

    Shown on /you-said/. A reasoned "no change" is an outcome too.
    """

    consultation = models.OneToOneField(
        "Consultation", null=True, blank=True, on_delete=models.PROTECT, related_name="outcome"
    )
    notice = models.ForeignKey("updates.Notice", on_delete=models.PROTECT, related_name="outcomes")
    said = models.TextField(_("what was said"))
    decided = models.TextField(_("what was decided"))
    changed = models.TextField(_("what changed because of it"), blank=True)
    not_changed = models.TextField(_("what did not change, and why"), blank=True)
    is_no_change = models.BooleanField(_("nothing changed?"), default=False)
    decision_url = models.URLField(_("link to the decision"), max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Everybody who changed a word of it: none of them may publish it.
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    # Written to the end and waiting for the second person.
    offered_at = models.DateTimeField(null=True, blank=True)
    # Empty while it is a draft; a second person publishes.
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_note = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    # While those who took part are being told: up to which answer's id they are. Empty before and after.
    told_up_to = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_no_change=False) | ~Q(not_changed=""), name="no_change_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_no_change=True) | ~Q(changed="") | Q(published_at__isnull=True),
                name="outcome_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("written_by")),
                name="outcome_published_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome {self.pk}"
