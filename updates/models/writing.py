"""What helps people write: templates, what was filled in, words kept as typed, links to a preview."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind

from ..enums import OutageState, Service, Severity, Urgency


class NoticeTemplate(models.Model):
    """Words for a kind of notice that comes again and again, with `{slots}` for what differs each time.

    `approved_*` say that a second person vouched for exactly these words: then an outage or an emergency that
    is nothing but this template, filled, may go live before its second check.
    """

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="templates")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    when_to_use = models.CharField(_("when to use it"), max_length=200, blank=True)

    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    body = models.TextField(_("full text"), blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.NORMAL)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, default=Severity.MODERATE
    )
    is_borough_wide = models.BooleanField(_("concerns the whole borough?"), default=False)
    # An outage's own facts; empty for the other kinds.
    service = models.CharField(_("service"), max_length=12, choices=Service.choices, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=OutageState.choices, blank=True)
    reason = models.CharField(_("cause"), max_length=200, blank=True)
    advice = models.TextField(_("what to do"), blank=True)
    # In the order of the text; see writing.slots.Slot.
    slots = models.JSONField(_("slots"), default=list)

    version = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Everybody who ever wrote part of it; none of them may approve it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_at = models.DateTimeField(_("changed"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["team__name", "kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "name"],
                condition=Q(retired_at__isnull=True),
                name="template_name_once_per_team",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("started_by")) & ~Q(approved_by=F("changed_by"))),
                name="template_approver_is_not_its_writer",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, approved_hash="")
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_hash="")),
                name="approved_template_names_its_approver",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Filling(models.Model):
    """That an edition was started by filling a template, with what, and how both looked then."""

    edition = models.OneToOneField(
        "Edition", on_delete=models.CASCADE, related_name="filling", primary_key=True
    )
    template = models.ForeignKey(NoticeTemplate, on_delete=models.PROTECT, related_name="fillings")
    values = models.JSONField(_("what was filled in"))
    template_hash = models.CharField(max_length=64)
    # The edition's content as the filled template made it: as long as it is this, nobody changed a word.
    filled_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.template} → {self.edition}"


class DraftScratch(models.Model):
    """What one person typed into the editor that cannot be saved yet, exactly as typed."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="scratches")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The form's fields: name → list of texts.
    typed = models.JSONField()
    # The version of the draft that was on the screen.
    seen_version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="one_scratch_per_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.edition}"


class PreviewLink(models.Model):
    """A link by which somebody without an account reads one edition before it is public, for some days."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="preview_links")
    # The link itself is shown once and kept nowhere (SHA-256, 64 hexadecimal digits).
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(_("what it is for"), max_length=80)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # How often the page was opened, not by how many people.
    openings = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.purpose
