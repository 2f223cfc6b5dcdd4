"""Dull makers of rows; each makes the least that is true, through the code's own doors."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.enums import Kind, Role
from accounts.models import Membership, Team, TeamKind, User
from places.models import Postcode, Street, Ward
from updates import drafting, public_face
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform

_numbers = count(1)


def user(name: str = "Pat Example", **more: Any) -> User:
    """Make an active person with a unique address and no role."""
    return User.objects.create_user(
        f"person{next(_numbers)}@riverbank.example", name, "correct horse", **more
    )


def team(name: str = "", kinds: list[str] | None = None) -> Team:
    """Make a team that may publish every kind, or the kinds given."""
    number = next(_numbers)
    made = Team.objects.create(name=name or f"Team {number}", slug=f"team-{number}")
    for kind in Kind.values if kinds is None else kinds:
        TeamKind.objects.create(team=made, kind=kind)
    return made


def member(of: Team, role: str, name: str = "Pat Example", *, urgent: bool = False) -> User:
    """Make a person with one role in one team."""
    person = user(name)
    Membership.objects.create(user=person, team=of, role=role, may_publish_urgently=urgent)
    return person


def ward(name: str = "") -> Ward:
    """Make a ward of a plain square."""
    number = next(_numbers)
    square = [[[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]]
    label = name or f"Ward {number}"
    return Ward.objects.create(name=label, slug=f"ward-{number}", code=f"W{number}", boundary=square)


def street(in_ward: Ward, name: str = "Quay Street", postcode: str = "") -> Street:
    """Make a street, with a postcode if one is given."""
    made = Street.objects.create(ward=in_ward, name=name)
    if postcode:
        Postcode.objects.create(code=postcode, street=made, ward=in_ward)
    return made


@dataclass
class Cast:
    """One person per role in one team, and an outsider."""

    team: Team
    author: User
    second_author: User
    approver: User
    moderator: User
    lead: User
    councillor: User
    administrator: User
    urgent_author: User
    outsider: User

    @classmethod
    def make(cls) -> "Cast":
        """Make them all, with one statement for each kind of row: nearly every test begins here."""
        water, council, digital, parks = _teams("Water and Drainage", "Councillors", "Digital", "Parks")
        TeamKind.objects.bulk_create(
            TeamKind(team=of, kind=kind) for of in (water, parks) for kind in Kind.values
        )
        people = {
            "author": ("Amira Shah", Role.AUTHOR, water),
            "second_author": ("Tom Field", Role.AUTHOR, water),
            "approver": ("Ben Achterberg", Role.APPROVER, water),
            "moderator": ("Molly Reed", Role.MODERATOR, water),
            "lead": ("Carla Lindqvist", Role.COMMUNICATIONS_LEAD, water),
            "councillor": ("Cllr Owen Price", Role.COUNCILLOR, council),
            "administrator": ("Ada Min", Role.ADMINISTRATOR, digital),
            "urgent_author": ("Ulla Gent", Role.AUTHOR, water),
            "outsider": ("Otto Side", Role.AUTHOR, parks),
        }
        users = _users(*(name for name, _role, _team in people.values()))
        made = dict(zip(people, users, strict=True))
        Membership.objects.bulk_create(
            Membership(user=made[who], team=of, role=role, may_publish_urgently=who == "urgent_author")
            for who, (_name, role, of) in people.items()
        )
        return cls(team=water, **made)


def _teams(*names: str) -> list[Team]:
    return Team.objects.bulk_create(Team(name=name, slug=f"team-{next(_numbers)}") for name in names)


def _users(*names: str) -> list[User]:
    """Make what `user` makes, and the row of each address that saving one person makes."""
    password = make_password("correct horse")
    users = User.objects.bulk_create(
        User(email=f"person{next(_numbers)}@riverbank.example", name=name, password=password)
        for name in names
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in users
    )
    return users


OUTAGE = {"service": "water", "state": "investigating", "advice": "Boil it first."}
PROJECT = {"phase": "design", "horizon": "this_year"}


def detail_for(kind: str) -> dict[str, Any] | None:
    """Return the least typed detail a kind needs."""
    now = timezone.now()
    event = {
        "starts_at": now + timedelta(days=3),
        "ends_at": now + timedelta(days=3, hours=2),
        "venue": "Corn Hall",
    }
    return {Kind.OUTAGE: OUTAGE, Kind.EVENT: event, Kind.PROJECT: PROJECT}.get(kind)


def draft(cast: Cast, kind: str = Kind.OUTAGE, *, by: User | None = None, **fields: Any) -> Edition:
    """Make a complete draft by the cast's author, for the whole borough unless `wards` are given."""
    author = by or cast.author
    wards, rows = fields.pop("wards", None), fields.pop("rows", None)
    started = drafting.start_notice(team=cast.team, kind=kind, by=author)
    words = {
        "title": "Burst main in Quay Street",
        "summary": "Low or no water in Quayside until this evening.",
        "is_borough_wide": wards is None,
        **fields,
    }
    return drafting.save_draft(
        started,
        seen_version=started.version,
        by=author,
        fields=words,
        wards=wards,
        detail=detail_for(kind),
        rows=rows,
    )


def submitted(cast: Cast, kind: str = Kind.OUTAGE, **fields: Any) -> Edition:
    """Make an edition that waits for approval."""
    edition = draft(cast, kind, **fields)
    return perform(Action.SUBMIT, edition, by=edition.author)


def approved(cast: Cast, kind: str = Kind.OUTAGE, **fields: Any) -> Edition:
    """Make an edition the cast's approver has approved."""
    edition = submitted(cast, kind, **fields)
    return perform(
        Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="Read it."
    )


def published(cast: Cast, kind: str = Kind.OUTAGE, **fields: Any) -> Edition:
    """Make a live edition."""
    edition = approved(cast, kind, **fields)
    return perform(Action.PUBLISH, edition, by=edition.author)


def live(cast: Cast, kind: str = Kind.OUTAGE, **fields: Any) -> Edition:
    """Put an edition live without its way there: cheap, for tests of what people do with a notice.

    Nothing is checked, recorded, sent or told; `published` goes the whole way.
    """
    edition, now = draft(cast, kind, **fields), timezone.now()
    edition.status, edition.approved_by = Status.PUBLISHED, cast.approver
    edition.submitted_at = edition.published_at = now
    edition.save()
    public_face.renew(edition.notice, edition, now)
    return edition


def next_edition(cast: Cast, live: Edition, **fields: Any) -> Edition:
    """Start the next edition of a live notice, with a change note."""
    started = drafting.start_edition(live.notice, by=cast.author)
    words = {"change_note": "The estimate has moved.", **fields}
    return drafting.save_draft(started, seen_version=started.version, by=cast.author, fields=words)
