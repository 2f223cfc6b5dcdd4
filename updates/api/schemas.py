"""The shapes the API answers in; what stands here is the promise to whoever programs against it."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

Kind = Literal["outage", "event", "project", "general"]
State = Literal["current", "ended", "withdrawn"]


class Problem(Schema):
    """What was wrong with a request, in a sentence."""

    detail: str = Field(description="What was wrong, and what to do.")


class WardOut(Schema):
    """An electoral area."""

    slug: str
    code: str = Field(description="The official code of the ward, such as E05000001.")
    name: str


class WardWhole(WardOut):
    """An electoral area with its boundary."""

    boundary: dict[str, Any] = Field(description="GeoJSON MultiPolygon, longitude before latitude, WGS 84.")


class WhereOut(Schema):
    """Whom a notice concerns."""

    whole_borough: bool
    wards: list[WardOut]
    streets: list[str]
    area: dict[str, Any] | None = Field(
        None,
        description="A drawn area: a GeoJSON Polygon, or a Circle with centre (lon, lat) and radius_m.",
    )


class OutageOut(Schema):
    """What is out, since when, and until when."""

    service: str
    state: str
    off_since: datetime | None
    back_from: datetime | None
    back_by: datetime | None
    estimate: str = Field(description="How sure the estimate is: assessing, area, local or revised.")
    reason: str
    advice: str
    next_update_by: datetime | None
    next_update_missed_at: datetime | None
    restored_at: datetime | None
    works_from: datetime | None
    works_until: datetime | None


class EventOut(Schema):
    """When and where something takes place."""

    status: str = Field(description="going_ahead, moved, postponed or cancelled.")
    starts_at: datetime
    ends_at: datetime
    venue: str
    access: str
    cost: str
    booking_url: str
    repeats: str
    repeats_until: date | None
    not_on: list[str]


class MilestoneOut(Schema):
    """A step of a project."""

    title: str
    planned_on: date | None
    reached_on: date | None


class DecisionOut(Schema):
    """Something that was decided about a project."""

    title: str
    decided_on: date
    decided_by: str
    url: str = Field(description="Where one can read it; may be empty.")


class ProjectOut(Schema):
    """How far a project is, and what can still change."""

    phase: str
    horizon: str
    decided: str
    can_change: str
    budget: str
    progress_percent: int
    milestones: list[MilestoneOut]
    decisions: list[DecisionOut]


class DocumentOut(Schema):
    """A PDF that goes with a notice."""

    title: str
    url: str
    size: int = Field(description="In bytes.")
    pages: int


class PictureOut(Schema):
    """A picture and what it shows, in words."""

    url: str
    alt: str
    width: int
    height: int


class NoticeOut(Schema):
    """A notice as it stands."""

    reference: str
    url: str
    short_url: str
    kind: Kind
    state: State
    title: str
    summary: str
    urgency: Literal["normal", "important", "emergency"]
    severity: Literal["minor", "moderate", "severe", "extreme"]
    team: str
    first_published_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    where: WhereOut
    change_note: str
    picture: PictureOut | None
    documents: list[DocumentOut]
    outage: OutageOut | None
    event: EventOut | None
    project: ProjectOut | None


class EditionOut(Schema):
    """One published edition in a notice's history."""

    number: int
    published_at: datetime
    title: str
    summary: str
    change_note: str
    is_minor: bool
    is_correction: bool


class NoticeWhole(NoticeOut):
    """A notice with its full text and its history."""

    body_html: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    editions: list[EditionOut] = Field(description="Every edition residents have seen, the newest first.")


class NoticePage(Schema):
    """One page of a list of notices."""

    items: list[NoticeOut]
    total: int
    page: int
    pages: int
    next: str | None = Field(description="The address of the next page.")
    previous: str | None = Field(description="The address of the page before.")


class PlaceOut(Schema):
    """What concerns one place."""

    place: str
    ward: WardOut
    notices: list[NoticeOut] = Field(description="The loudest and latest; at most 20.")
    has_more: bool


class AffectsOut(Schema):
    """What concerns some places, and what concerns everybody."""

    everywhere: list[NoticeOut]
    places: list[PlaceOut]
    unknown: list[str] = Field(description="What was asked for and is no place we know.")
