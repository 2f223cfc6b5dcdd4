"""Questions, answers and feedback, and the mails that carry answers; must not decide who may do what."""

import datetime as dt
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind
from outbox.models import OutgoingRow
from updates.enums import Urgency
from updates.models import Notice, new_reference

from .enums import Helpful, HiddenReason, Sort, Status
from .working_days import answer_due_on, today

QUESTION_MAX = 1000
FEEDBACK_MAX = 3000
ANSWER_MAX = 5000


def new_token() -> str:
    """Return what makes a receipt's address unguessable: 192 random bits."""
    return secrets.token_urlsafe(24)


def is_urgent(notice: Notice, at: dt.datetime) -> bool:
    """Say whether a question about `notice` cannot wait: an outage or an emergency, not over at that time."""
    is_over = notice.ended_at is not None and notice.ended_at <= at
    return not is_over and (notice.kind == Kind.OUTAGE or notice.urgency == Urgency.EMERGENCY)


class VoiceQuerySet(models.QuerySet[Any]):
    """What may be read by whom, as verbs."""

    def told(self) -> "VoiceQuerySet":
        """Return what leaves a trace on residents' pages: shown words, and hidden ones with their reason.

        Advertising leaves none: it was never a resident's voice.
        """
        decided = self.filter(status__in=[Status.PUBLISHED, Status.HIDDEN])
        return decided.exclude(hidden_reason=HiddenReason.SPAM)


class Voice(models.Model):
    """Something a resident sent about a notice; the original words are never changed."""

    sort: Sort
    prefix = ""

    notice = models.ForeignKey("updates.Notice", on_delete=models.PROTECT, related_name="%(class)ss")
    reference = models.CharField(_("reference"), max_length=7, unique=True, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    # One form, one row: a second press of the button finds the first row by this.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    text = models.TextField(_("words"))
    # What residents read, once a moderator has decided: the words with personal data taken out.
    public_text = models.TextField(_("words as shown"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    ward = models.ForeignKey(
        "places.Ward", null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    # Where it was written, as people call it; empty for the portal's own forms.
    source = models.CharField(_("written on"), max_length=40, blank=True)
    # The collecting room's name for it (updates.conversation): nothing is taken in twice.
    source_key = models.CharField(max_length=40, null=True, blank=True, unique=True, editable=False)
    source_url = models.URLField(_("link to it"), max_length=1000, blank=True)
    handle = models.CharField(_("name there"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=15, choices=HiddenReason, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moderated_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Counts every decision, so that a second moderator deciding over the first is told.
    version = models.PositiveIntegerField(default=1)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.HIDDEN, hidden_reason__in=HiddenReason.values)
                | (~Q(status=Status.HIDDEN) & Q(hidden_reason="")),
                name="%(class)s_hidden_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WAITING) | Q(moderated_at__isnull=False),
                name="%(class)s_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | ~Q(public_text=""),
                name="%(class)s_shown_has_words",
            ),
            models.CheckConstraint(
                condition=Q(source="", source_key__isnull=True)
                | (~Q(source="") & Q(source_key__isnull=False)),
                name="%(class)s_from_elsewhere_has_key",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "received_at"], name="%(class)s_status_at"),
            models.Index(fields=["notice", "status", "-received_at"], name="%(class)s_notice_at"),
            models.Index(fields=["ward", "received_at"], name="%(class)s_ward_at"),
            models.Index(fields=["received_at"], name="%(class)s_at"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new row its reference; the database refuses a second one."""
        if not self.reference:
            self.reference = f"{self.prefix}-{new_reference()}"
        super().save(*args, **kwargs)

    @property
    def anchor(self) -> str:
        """The id under which it stands on the notice's page ("q-7K3QX")."""
        return f"{self.prefix.lower()}-{self.reference[2:]}"

    @property
    def receipt_path(self) -> str:
        """The address only its sender knows."""
        return reverse("feedback:received", args=[self.reference, self.token])

    @property
    def is_shortened(self) -> bool:
        """Say whether residents read other words than were sent."""
        return bool(self.public_text) and self.public_text != self.text


class Question(Voice):
    """Something a resident wants answered."""

    sort = Sort.QUESTION
    prefix = "Q"

    wants_reply = models.BooleanField(_("wants an answer by e-mail?"), default=False)
    due_on = models.DateField(_("answer due"), editable=False)
    current_answer = models.OneToOneField(
        "Answer", null=True, blank=True, on_delete=models.PROTECT, related_name="current_for"
    )

    class Meta(Voice.Meta):
        constraints = [
            *Voice.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=Status.ANSWERED_PRIVATELY) | Q(current_answer__isnull=False),
                name="question_answered_has_an_answer",
            ),
        ]
        indexes = [
            *Voice.Meta.indexes,
            models.Index(
                fields=["due_on"], name="question_unanswered", condition=Q(current_answer__isnull=True)
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Reckon the day the answer is due when the question is first kept."""
        if self.due_on is None:
            self.reckon_due()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the question's lasting public address, without the host."""
        return reverse("feedback:question", args=[self.reference])

    def reckon_due(self) -> None:
        """Set the day the answer is due, by when the question came in and how urgent the notice is."""
        urgent = is_urgent(self.notice, self.received_at)
        self.due_on = answer_due_on(self.received_at, urgent=urgent)

    @property
    def wants_mail(self) -> bool:
        """Say whether the answer may go by e-mail: there is an address, and it was given for that."""
        return bool(self.email) and self.wants_reply

    @property
    def is_overdue(self) -> bool:
        """Say whether it still lacks an answer after the day it was due. Reads the clock: for staff pages."""
        is_open = self.status in (Status.WAITING, Status.PUBLISHED) and self.current_answer_id is None
        return is_open and self.due_on < today()


class Feedback(Voice):
    """Something a resident wants known, without an answer."""

    sort = Sort.FEEDBACK
    prefix = "F"
    due_on = None
    is_overdue = False

    helpful = models.CharField(_("did the notice help?"), max_length=6, choices=Helpful, blank=True)


class Answer(models.Model):
    """The council's answer, numbered; never changed: a correction is the next number."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField(_("answer"))
    change_note = models.CharField(_("what was corrected"), max_length=300, blank=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="answers")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers"
    )
    published_at = models.DateTimeField(_("answered"), default=timezone.now)
    is_public = models.BooleanField(_("is it shown with the question?"), default=True)

    class Meta:
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_number_once_per_question"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_words"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""), name="corrected_answer_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new answer; raise TypeError for one already given, which is corrected by the next."""
        if self.pk is not None and not self._state.adding:
            raise TypeError("An answer that was given is never changed; write the next one.")
        super().save(*args, **kwargs)


class AnswerMail(OutgoingRow):
    """The one mail that carries an answer to the person who asked."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="mail")

    def __str__(self) -> str:
        return f"mail of answer {self.answer_id}"
