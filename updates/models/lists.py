"""What an edition lists in rows: milestones and decisions of a project, documents of any notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionRow(models.Model):
    """One line of a list that belongs to an edition, in the order people read it."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Milestone(EditionRow):
    """A step of a project: when it was planned for, and when it was reached."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=120)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Decision(EditionRow):
    """Something that was decided about a project, by whom, and where one can read it."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="decisions")
    title = models.CharField(_("decision"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    url = models.URLField(_("link"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class Document(EditionRow):
    """A PDF that goes with a notice, with everything hidden in it taken out."""

    edition = models.ForeignKey("Edition", on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("document"), upload_to="documents/")
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), editable=False)
    # What can be read in it, for the checks and the search.
    text = models.TextField(blank=True, editable=False)
    # Numbers of the pages on which words lie under filled boxes, where anybody can still copy them.
    covered_pages = models.JSONField(
        _("pages with words under boxes"), default=list, blank=True, editable=False
    )

    def __str__(self) -> str:
        return self.title
