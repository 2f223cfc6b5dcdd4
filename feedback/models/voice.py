"""Everything a resident sends in words: one table, three sorts; must not decide who may do what."""

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from updates.models import new_reference

from .. import identity
from ..enums import Helpful, HiddenReason, Mood, Sort, Status, Suspicion, WentWrong

QUESTION_MAX = 1000
FEEDBACK_MAX = 3000


def new_token() -> str:
    """Return what makes a receipt's address unguessable: 192 random bits."""
    return secrets.token_urlsafe(24)


class VoiceQuerySet(models.QuerySet[Any]):
    """What may be read by whom, as verbs."""

    def told(self) -> "VoiceQuerySet":
        """Return what leaves a trace on residents' pages: shown words, and hidden ones with their reason.

        Advertising leaves none: it was never a resident's voice.
        """
        decided = self.filter(status__in=[Status.PUBLISHED, Status.HIDDEN])
        return decided.exclude(hidden_reason=HiddenReason.SPAM)


class Voice(models.Model):
    """Something a resident sent; the words as they came are never changed, and go when their time is over.

    One table for the three sorts, so that a queue, a summary and an erasure see all of them. A row read from
    the database is a Question, a Feedback or a Remark (`from_db`), each with its own manager.
    """

    # What the class stands for, and how its references begin.
    stands_for: ClassVar[str] = ""
    prefix = "V"
    # The classes of the three sorts (sorts.py), by what they stand for.
    sorts: ClassVar[dict[str, type["Voice"]]] = {}

    sort = models.CharField(_("sort"), max_length=8, choices=Sort, editable=False)
    notice = models.ForeignKey("updates.Notice", on_delete=models.PROTECT, related_name="voices")
    # Who looks after it: the notice's team until it is handed over.
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="voices")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=7, unique=True, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    # One form, one row: a second press of the button finds the first row by this.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    text = models.TextField(_("words"), blank=True)
    # What residents read, once a moderator has decided: the words with personal data taken out.
    public_text = models.TextField(_("words as shown"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    # Set when somebody followed the link sent to the address: the ground of progressive trust.
    email_confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    # Who speaks, without saying who: keyed hash of the address or handle, else random. One value, one person.
    person = models.CharField(max_length=32, editable=False)
    ward = models.ForeignKey(
        "places.Ward", null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
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
    # What the portal itself doubts; it sorts the queue and decides nothing.
    suspicion = models.CharField(_("doubt"), max_length=12, choices=Suspicion, blank=True)
    # The same for texts that differ in case, spaces and signs only; empty without words.
    text_print = models.CharField(max_length=32, blank=True, editable=False)
    # Filled by analysis when the words become public, emptied when they are hidden.
    theme = models.ForeignKey(
        "Theme", null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    mood = models.CharField(_("mood (a machine’s guess)"), max_length=8, choices=Mood, blank=True)
    # Names, addresses and handles were removed then; the words stay.
    anonymised_at = models.DateTimeField(_("made anonymous"), null=True, blank=True)
    # The words as they came are gone since then: of hidden ones nothing is left, of others what was shown.
    original_deleted_at = models.DateTimeField(_("original deleted"), null=True, blank=True)

    # Of questions.
    wants_reply = models.BooleanField(_("wants an answer by e-mail?"), default=False)
    # A request under freedom of information has its own clock and needs a name and an address.
    is_information_request = models.BooleanField(_("asks for recorded information?"), default=False)
    due_on = models.DateField(_("answer due"), null=True, blank=True, editable=False)
    current_answer = models.OneToOneField(
        "Answer", null=True, blank=True, on_delete=models.PROTECT, related_name="current_for"
    )
    # Since when it stands on the public list of debts; the beat writes it, so that the page needs no clock.
    owed_in_public_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Asked together: it is answered with that question, once, and everybody is told.
    asked_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_again"
    )

    # Of feedback.
    helpful = models.CharField(_("did the notice help?"), max_length=6, choices=Helpful, blank=True)
    went_wrong = models.CharField(_("what went wrong"), max_length=12, choices=WentWrong, blank=True)

    # Of remarks: whose answer to which question of which consultation it is.
    response = models.ForeignKey(
        "Response", null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    item = models.ForeignKey("Item", null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="voice_sort_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.HIDDEN, hidden_reason__in=HiddenReason.values)
                | (~Q(status=Status.HIDDEN) & Q(hidden_reason="")),
                name="voice_hidden_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.WAITING, Status.COUNTED]) | Q(moderated_at__isnull=False),
                name="voice_decided_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | ~Q(public_text=""), name="voice_shown_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(text="")
                | Q(sort=Sort.FEEDBACK, status=Status.COUNTED)
                | Q(status=Status.HIDDEN, original_deleted_at__isnull=False),
                name="voice_without_words_is_only_counted",
            ),
            models.CheckConstraint(
                condition=Q(source="", source_key__isnull=True)
                | (~Q(source="") & Q(source_key__isnull=False)),
                name="voice_from_elsewhere_has_key",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ANSWERED_PRIVATELY) | Q(current_answer__isnull=False),
                name="voice_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(sort=Sort.QUESTION, due_on__isnull=False)
                | (~Q(sort=Sort.QUESTION) & Q(due_on__isnull=True, current_answer__isnull=True)),
                name="voice_only_questions_are_owed_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(sort=Sort.REMARK, response__isnull=False, item__isnull=False)
                | (~Q(sort=Sort.REMARK) & Q(response__isnull=True, item__isnull=True)),
                name="voice_only_remarks_belong_to_a_response",
            ),
            models.UniqueConstraint(
                fields=["response", "item"],
                condition=Q(response__isnull=False),
                name="voice_one_remark_per_response_and_item",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "received_at"], name="voice_status_at"),
            models.Index(fields=["team", "status", "received_at"], name="voice_team_at"),
            models.Index(fields=["notice", "status", "-received_at"], name="voice_notice_at"),
            models.Index(fields=["ward", "received_at"], name="voice_ward_at"),
            models.Index(fields=["received_at"], name="voice_at"),
            # One writer in sixteen, by chance: enough to say how many people wrote very much. With all that
            # is asked about them, so that no row is read.
            models.Index(
                fields=["received_at", "ward", "person", "status", "sort", "notice"],
                name="voice_people_in_sample",
                condition=Q(person__lt="1"),
            ),
            models.Index(fields=["theme", "received_at"], name="voice_theme_at"),
            # What came since a summary was made, or since a reader looked.
            models.Index(
                fields=["moderated_at"], name="voice_public_since", condition=Q(status=Status.PUBLISHED)
            ),
            models.Index(fields=["id"], name="voice_to_read", condition=Q(status=Status.PUBLISHED, mood="")),
            models.Index(fields=["text_print"], name="voice_print", condition=~Q(text_print="")),
            models.Index(fields=["email"], name="voice_email", condition=~Q(email="")),
            models.Index(
                fields=["due_on"],
                name="voice_unanswered",
                condition=Q(sort=Sort.QUESTION, current_answer__isnull=True),
            ),
            models.Index(
                fields=["received_at", "ward"],
                name="voice_open",
                condition=Q(
                    sort=Sort.QUESTION,
                    status__in=[Status.WAITING, Status.PUBLISHED],
                    current_answer__isnull=True,
                ),
            ),
        ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Note which sort the class stands for."""
        super().__init_subclass__(**kwargs)
        Voice.sorts[cls.stands_for] = cls

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a new row of the sort its class stands for."""
        super().__init__(*args, **kwargs)
        if not self.__dict__.get("sort", True):
            self.sort = self.stands_for

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new row its team, its person and its reference; the database refuses a second reference."""
        self.fill_in()
        if not self.reference:
            self.reference = f"{self.prefix}-{new_reference()}"
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **more: Any) -> "Voice":
        """Return the row as a Question, Feedback or Remark, whichever it is."""
        row = super().from_db(db, field_names, values, **more)
        if made := row.__dict__.get("sort"):
            row.__class__ = cls.sorts[made]
        return row

    def fill_in(self) -> None:
        """Set what follows from the rest: the team that looks after it, who speaks, the print of the words.

        save() does it; whoever inserts rows in bulk calls it for each.
        """
        if self.team_id is None:
            self.team_id = self.notice.team_id
        self.person = self.person or identity.person(self.email, self.source, self.handle)
        self.text_print = self.text_print or identity.text_print(self.text)

    @property
    def anchor(self) -> str:
        """The id under which it stands on the notice's page ("q-7K3QX")."""
        return f"{self.prefix.lower()}-{self.reference[2:]}"

    @property
    def receipt_path(self) -> str:
        """The address only its sender knows."""
        return reverse("feedback:received", args=[self.reference, self.token])

    @property
    def is_on_trust(self) -> bool:
        """Say whether residents read it and no moderator has looked at it yet (trust.py)."""
        return self.status == Status.PUBLISHED and self.moderated_by_id is None

    @property
    def is_shortened(self) -> bool:
        """Say whether residents read other words than were sent."""
        is_cut = self.public_text != self.text or self.original_deleted_at is not None
        return bool(self.public_text) and is_cut
