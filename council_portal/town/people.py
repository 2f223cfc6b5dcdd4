"""Loads places, teams and people of the demo town."""

from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Team, TeamKind, User
from places.models import Feature, Postcode, Seat, Street, Ward

# Printed by `make run`, and of use in the demo town only: it is in the source for everybody to read.
DEMO_PASSWORD = "riverbank-demo-1"  # noqa: S105


def load_places(data: dict[str, Any]) -> dict[str, Ward]:
    """Make the borough's outline, the river, wards, streets and postcodes; return the wards by key."""
    borough = data["borough"]
    Feature.objects.create(name=borough["name"], points=borough["outline"], is_area=False)
    Feature.objects.create(name=borough["river_name"], points=borough["river"])
    return {row["key"]: _load_ward(row) for row in data["ward"]}


def _load_ward(row: dict[str, Any]) -> Ward:
    ward = Ward.objects.create(
        name=row["name"],
        slug=row["key"],
        code=row["code"],
        population=row["population"],
        boundary=[[row["boundary"]]],
    )
    for entry in row["street"]:
        _load_street(ward, entry)
    return ward


def _load_street(ward: Ward, entry: dict[str, Any]) -> None:
    longitude, latitude = entry["point"]
    street = Street.objects.create(ward=ward, name=entry["name"], longitude=longitude, latitude=latitude)
    codes = [
        # One after the other along the street, some sixty metres apart.
        Postcode(
            code=code.replace(" ", ""),
            ward=ward,
            street=street,
            longitude=longitude + 0.0009 * number,
            latitude=latitude,
        )
        for number, code in enumerate(entry["postcodes"])
    ]
    Postcode.objects.bulk_create(codes)


def load_teams(data: dict[str, Any]) -> dict[str, Team]:
    """Make the teams with the kinds each may publish; return them by key."""
    teams = {}
    for row in data["team"]:
        teams[row["key"]] = Team.objects.create(name=row["name"], slug=row["key"])
        kinds = [TeamKind(team=teams[row["key"]], kind=kind) for kind in row["kinds"]]
        TeamKind.objects.bulk_create(kinds)
    return teams


def load_people(data: dict[str, Any], teams: dict[str, Team], wards: dict[str, Ward]) -> dict[str, User]:
    """Make staff and councillors with their roles and seats; return them by key."""
    # Hashing is slow on purpose; one password needs it once.
    password = make_password(DEMO_PASSWORD)
    return {row["key"]: _load_person(row, password, teams, wards) for row in data["person"]}


def _load_person(row: dict[str, Any], password: str, teams: dict[str, Team], wards: dict[str, Ward]) -> User:
    name = f"{row['first']} {row['last']}"
    person = User.objects.create(
        email=row["email"], name=name, password=password, job_title=row.get("job", "")
    )
    for entry in row["roles"]:
        urgent = row.get("urgent", False) and entry["role"] in ("author", "approver")
        Membership.objects.create(
            user=person, team=teams[entry["team"]], role=entry["role"], may_publish_urgently=urgent
        )
    if row.get("ward"):
        Seat.objects.create(ward=wards[row["ward"]], councillor=person)
    return person
