"""What councillors read: themes, running counts, written summaries and their evidence, shared links."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Face, Helpful, HiddenReason, Mood, Sort, Status, SummaryScope
from .voice import new_token


class Theme(models.Model):
    """Something many people write about, found from their words; the label is made of their own words."""

    label = models.CharField(_("theme"), max_length=80)
    # What people of the council call it, where the words found are not what they would say.
    given_label = models.CharField(_("name"), max_length=80, blank=True)
    # The words that say most of what all of them say: quoted for as long as they are shown.
    quoted = models.ForeignKey(
        "Voice", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # The words it is known by, the weightiest first, separated by spaces.
    terms = models.TextField()
    learned_at = models.DateTimeField(default=timezone.now)
    # No longer found in new words: kept for what was filed under it, offered to nothing new.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["label", "pk"]

    def __str__(self) -> str:
        return self.given_label or self.label


class Tally(models.Model):
    """A number to add: every change to a voice writes +1 or -1, and the beat folds alike rows.

    The database writes it (feedback/counting/). Reading is a sum over far fewer rows than there are voices,
    writing an insert without a lock. The same voices are counted on several faces: who reads asks one face,
    never two. What a face does not have is empty.
    """

    face = models.CharField(max_length=14, choices=Face)
    # The Monday of the week in which the voice was received, in the council's zone.
    week = models.DateField()
    notice = models.ForeignKey(
        "updates.Notice", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Without indexes of their own, which each comment would have to write: wards and themes are not deleted.
    ward = models.ForeignKey(
        "places.Ward", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sort = models.CharField(max_length=8, choices=Sort)
    status = models.CharField(max_length=10, choices=Status)
    hidden_reason = models.CharField(max_length=15, choices=HiddenReason, blank=True)
    source = models.CharField(max_length=40, blank=True)
    helpful = models.CharField(max_length=6, choices=Helpful, blank=True)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    mood = models.CharField(max_length=8, choices=Mood, blank=True)
    number = models.IntegerField()
    is_folded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["face", "week", "ward"], name="tally_face_week_ward"),
            models.Index(fields=["id"], name="tally_to_fold", condition=Q(is_folded=False)),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.sort} {self.number:+}"


class Summary(models.Model):
    """A short text made of what people wrote, with its audit; made anew when enough has come in."""

    scope = models.CharField(max_length=12, choices=SummaryScope)
    notice = models.ForeignKey(
        "updates.Notice", null=True, blank=True, on_delete=models.CASCADE, related_name="summaries"
    )
    consultation = models.ForeignKey(
        "Consultation", null=True, blank=True, on_delete=models.CASCADE, related_name="summaries"
    )
    week = models.DateField(null=True, blank=True)
    ward = models.ForeignKey("places.Ward", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Filled before it is shown; an unfinished one is never shown.
    finished_at = models.DateTimeField(null=True, blank=True)
    # What it was made from, and how many people the audit found.
    voices = models.PositiveIntegerField(default=0)
    # From so many on, one in how many was read (those whose id it divides); 1 is all.
    one_in = models.PositiveIntegerField(default=1)
    people = models.PositiveIntegerField(default=0)
    people_represented = models.PositiveIntegerField(default=0)
    # How many a random handful of the same length represents, in the median of many draws.
    people_at_random = models.PositiveIntegerField(default=0)
    # Which of what was decided just before it was made were public: a decision may be committed later than
    # its moment says, and then it came since.
    newest_public = models.JSONField(default=list)
    # Something it was made from is shown no more, so its audit counts people whose words are gone.
    has_lost_words = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=SummaryScope.NOTICE, notice__isnull=False, week__isnull=True)
                | Q(scope=SummaryScope.CONSULTATION, consultation__isnull=False, week__isnull=True)
                | Q(scope=SummaryScope.WEEK, notice__isnull=True, week__isnull=False),
                name="summary_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(people_represented__lte=models.F("people")),
                name="summary_represents_no_more_than_there_are",
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "week", "ward"], name="summary_of_week"),
            models.Index(fields=["notice", "-made_at"], name="summary_of_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} summary {self.pk}"


class Sentence(models.Model):
    """One sentence of a summary: words of one voice, standing for others who say the same.

    Deleting or hiding the voice it is taken from removes the sentence: there is none without support.
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="sentences")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    taken_from = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="sentences")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # A smaller voice: what few say against or beside what most say.
    is_minority = models.BooleanField(default=False)

    class Meta:
        ordering = ["summary", "number"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "number"], name="sentence_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="sentence_has_words"),
        ]

    def __str__(self) -> str:
        return self.text


class Support(models.Model):
    """One voice behind one sentence; the voice the sentence is taken from is among them."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="supports")
    voice = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="supports")
    # How near the words are, 0 to 1000: the nearest are listed first.
    nearness = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-nearness", "pk"]
        constraints = [models.UniqueConstraint(fields=["sentence", "voice"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.sentence_id} by {self.voice_id}"


class CommitteeLink(models.Model):
    """A read-only way to the councillors' page for people without an account, until a moment."""

    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    name = models.CharField(_("for whom"), max_length=120)
    # The filter of the page it shows, as an address carries it ("ward=quayside&week=2026-11-16").
    query = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What one reader of the summary wants, and when they last looked."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading")
    seen_at = models.DateTimeField(_("last visit"), null=True, blank=True)
    # The visit before: what changed is shown for the whole of a visit.
    seen_before_at = models.DateTimeField(null=True, blank=True)
    wants_digest = models.BooleanField(_("weekly digest by e-mail?"), default=True)

    def __str__(self) -> str:
        return f"reading of {self.reader_id}"
