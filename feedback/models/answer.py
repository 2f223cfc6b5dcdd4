"""The council's answers and what leads to one: drafts, ready-made texts, notes; must not send anything."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import DraftState

ANSWER_MAX = 5000
NOTE_MAX = 1000


class Answer(models.Model):
    """The council's answer, numbered; never changed: a correction is the next number."""

    question = models.ForeignKey("Voice", on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField(_("answer"))
    change_note = models.CharField(_("what was corrected"), max_length=300, blank=True)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="answers")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers"
    )
    # The second person, where the team wants one.
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("answered"), default=timezone.now)
    is_public = models.BooleanField(_("is it shown with the question?"), default=True)
    # A promise made in the answer, and by when: councillors see whether it was kept.
    promise = models.CharField(_("what we promise"), max_length=300, blank=True)
    promised_on = models.DateField(_("by when"), null=True, blank=True)
    promise_kept_at = models.DateTimeField(_("kept"), null=True, blank=True)

    class Meta:
        ordering = ["question", "-number"]
        indexes = [
            models.Index(fields=["promised_on"], name="answer_promises", condition=~Q(promise="")),
            models.Index(fields=["published_at"], name="answer_given"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_number_once_per_question"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_words"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""), name="corrected_answer_says_what_changed"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("answered_by")),
                name="answer_checked_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(promised_on__isnull=True) | ~Q(promise=""),
                name="answer_promised_day_has_a_promise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new answer; raise TypeError for one already given, which is corrected by the next.

        Only whether its promise was kept may be written later.
        """
        is_new = self.pk is None or self._state.adding
        if not is_new and kwargs.get("update_fields") != ["promise_kept_at"]:
            raise TypeError("An answer that was given is never changed; write the next one.")
        super().save(*args, **kwargs)


class AnswerDraft(models.Model):
    """An answer not yet given: kept while it is written, and while a second person looks at it."""

    question = models.OneToOneField("Voice", on_delete=models.CASCADE, related_name="draft")
    text = models.TextField(_("answer"))
    change_note = models.CharField(_("what was corrected"), max_length=300, blank=True)
    post = models.TextField(_("what the post says"), blank=True)
    is_private = models.BooleanField(_("by e-mail only?"), default=False)
    promise = models.CharField(_("what we promise"), max_length=300, blank=True)
    promised_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=DraftState, default=DraftState.WRITING)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Everybody who wrote a part of it: none of them may be its second person.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # Why the second person sent it back.
    note = models.CharField(max_length=NOTE_MAX, blank=True)
    # Counts every saving, so that somebody approving an older text is told.
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"draft for {self.question_id}"


class AnswerTemplate(models.Model):
    """A ready-made answer of one team, or of all."""

    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="answer_templates"
    )
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("answer"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    used = models.PositiveIntegerField(_("times used"), default=0)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class AnsweringRule(models.Model):
    """How one team answers: whether a second person has to see an answer first."""

    team = models.OneToOneField("accounts.Team", on_delete=models.CASCADE, related_name="answering_rule")
    needs_second_person = models.BooleanField(_("a second person sees every answer first?"), default=False)

    def __str__(self) -> str:
        return f"rule of {self.team_id}"


class Note(models.Model):
    """A line between colleagues about one voice: why it was handed over, or what to know; never public."""

    voice = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=NOTE_MAX)
    from_team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"note on {self.voice_id}"
