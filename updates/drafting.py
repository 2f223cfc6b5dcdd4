"""Starts notices and editions and keeps what people write in them; must not move a status."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.enums import Kind
from accounts.models import Team, User
from audit.recorder import record

from . import lists
from .enums import OPEN_STATUSES
from .headline import headline_of
from .models import Contribution, Edition, EventDetail, Notice, OutageDetail, ProjectDetail
from .parts import registered

DETAIL_MODELS: dict[str, type[OutageDetail] | type[EventDetail] | type[ProjectDetail]] = {
    Kind.OUTAGE: OutageDetail,
    Kind.EVENT: EventDetail,
    Kind.PROJECT: ProjectDetail,
}
_CARRIED_OVER = [
    "title",
    "summary",
    "body",
    "urgency",
    "severity",
    "is_borough_wide",
    "area",
    "picture",
    "alt_text",
    "expires_at",
    "review_on",
    "headline",
]


REFERENCE_ATTEMPTS = 5
# Pages of other rooms stand at these addresses below a notice.
RESERVED_SLUGS = {"ask", "feedback", "questions", "still-off"}


class DraftChanged(Exception):
    """Somebody else saved first; `current` is what stands now, nothing of either person is lost."""

    def __init__(self, current: Edition) -> None:
        """Keep the edition as it stands."""
        super().__init__(_("Somebody else saved this while you were writing."))
        self.current = current


class DraftClosed(Exception):
    """The edition cannot be written any more; its text says what it is now."""


@transaction.atomic
def start_notice(*, team: Team, kind: str, by: User) -> Edition:
    """Start a notice of `kind` for `team` and return its first edition, an empty draft.

    Raises PermissionDenied when `by` may not write for the team.
    """
    if not permissions.may_write(by, team, kind):
        raise PermissionDenied
    notice = _new_notice(team, kind, by)
    edition = Edition.objects.create(notice=notice, number=1, author=by)
    contributed(edition, by)
    record("edition.start", actor=by, target=edition, notice=notice.reference, number=1)
    return edition


def _new_notice(team: Team, kind: str, by: User) -> Notice:
    """Make the notice under a reference nobody has; two of 20 million meet sooner than one thinks."""
    for _attempt in range(REFERENCE_ATTEMPTS):
        notice = Notice(team=team, kind=kind, owner=by)
        try:
            with transaction.atomic():
                notice.save(force_insert=True)
        except IntegrityError:
            if Notice.objects.filter(reference=notice.reference).exists():
                continue
            raise
        return notice
    raise RuntimeError("No free reference was found: the alphabet or the length has to grow.")


@transaction.atomic
def start_edition(notice: Notice, *, by: User) -> Edition:
    """Start the next edition of a published notice from the live one, or return the one already open.

    Makes `by` a contributor, and with them whoever wrote words it takes over that no second person has read.
    Raises PermissionDenied when `by` may not write for the team, DraftClosed when it was withdrawn.
    """
    if not permissions.may_write(by, notice.team, notice.kind):
        raise PermissionDenied
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.withdrawn_at:
        raise DraftClosed(_("This notice was withdrawn. Start a new notice instead."))
    if already_open := notice.editions.filter(status__in=OPEN_STATUSES).first():
        return already_open
    last = notice.editions.order_by("-number").first()
    old = notice.live_edition or last
    assert old is not None and last is not None  # a notice is made together with its first edition
    new = Edition(notice=notice, number=last.number + 1, author=by)
    for name in _CARRIED_OVER:
        setattr(new, name, getattr(old, name))
    new.save()
    _carry_over(old, new)
    for person in [*_unread_writers(old), by]:
        contributed(new, person)
    record("edition.start", actor=by, target=new, notice=notice.reference, number=new.number)
    return new


def _unread_writers(old: Edition) -> list[User]:
    """Return who wrote `old` if nobody else has approved or checked it: the words are still theirs alone."""
    if old.approved_by_id or old.second_check_at:
        return []
    return [each.person for each in old.contributions.select_related("person")]


def _carry_over(old: Edition, new: Edition) -> None:
    new.wards.set(old.wards.all())
    new.streets.set(old.streets.all())
    if old.detail is not None:
        carried = {
            field.attname: getattr(old.detail, field.attname)
            for field in old.detail._meta.concrete_fields
            if field.editable and not field.primary_key
        }
        DETAIL_MODELS[new.notice.kind].objects.create(edition=new, **carried)
    lists.carry_over(old, new)
    for part in registered():
        part.copy(old, new)


@transaction.atomic
def save_draft(
    edition: Edition,
    *,
    seen_version: int,
    by: User,
    fields: dict[str, Any],
    wards: models.QuerySet[Any] | list[Any] | None = None,
    streets: models.QuerySet[Any] | list[Any] | None = None,
    detail: dict[str, Any] | None = None,
    rows: dict[str, list[dict[str, Any]]] | None = None,
) -> Edition:
    """Write `fields`, places, typed detail and lists over a draft that is still at `seen_version`.

    `rows` holds whole lists by name (see lists.MODELS); a list that is not named stays as it is.

    Makes `by` a contributor. Raises DraftChanged when somebody else saved first, DraftClosed when
    it is no longer editable, PermissionDenied when `by` may not write for the team.
    """
    current = locked_draft(edition, seen_version=seen_version, by=by)
    for name, value in fields.items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    if wards is not None:
        current.wards.set(wards)
    if streets is not None:
        current.streets.set(streets)
    if detail is not None:
        DETAIL_MODELS[current.notice.kind].objects.update_or_create(edition=current, defaults=detail)
    for name, its_rows in (rows or {}).items():
        lists.replace(current, name, its_rows)
    contributed(current, by)
    _follow_title(current)
    return Edition.objects.select_related("notice").get(pk=current.pk)


def locked_draft(edition: Edition, *, seen_version: int, by: User) -> Edition:
    """Lock a draft that is to be changed and return it fresh; call it inside a transaction.

    Raises PermissionDenied, DraftClosed and DraftChanged as `save_draft` does.
    """
    if not permissions.may_write(by, edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    Notice.objects.select_for_update().get(pk=edition.notice_id)
    current = Edition.objects.select_for_update().get(pk=edition.pk)
    current.notice = Notice.objects.select_related("team").get(pk=edition.notice_id)
    if not current.is_editable:
        raise DraftClosed(_("This edition is “%(status)s” now.") % {"status": current.get_status_display()})
    if current.version != seen_version:
        raise DraftChanged(current)
    return current


def touch(edition: Edition, *, by: User) -> None:
    """Count a change that another room made to its own part of the draft (a wording, say)."""
    Edition.objects.filter(pk=edition.pk).update(version=models.F("version") + 1)
    contributed(edition, by)


def contributed(edition: Edition, by: User) -> None:
    """Remember that `by` changed part of `edition` and so may not approve it."""
    Contribution.objects.update_or_create(edition=edition, person=by)


def _follow_title(edition: Edition) -> None:
    """Keep the headline in step with the title, and the notice's address until it is first published."""
    said = Edition.objects.select_related("notice", "event").get(pk=edition.pk)
    Edition.objects.filter(pk=edition.pk).update(headline=headline_of(said))
    notice = edition.notice
    if notice.first_published_at is None:
        slug = slugify(edition.title)[:80].strip("-") or "notice"
        notice.slug = f"{slug}-notice" if slug in RESERVED_SLUGS else slug
        notice.save(update_fields=["slug"])
