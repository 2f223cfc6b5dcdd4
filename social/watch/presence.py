"""Compares how an account presents itself, and what may act for it, with the look before; sends nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.storable import storable

from ..enums import IncidentKind
from ..models import Watch
from ..publishers.base import Profile
from .incidents import Clue, Finding

LONGEST = 10_000
"""Characters of one field that are compared; no platform lets an account say more of itself."""
FIELDS: dict[str, tuple[str | Promise, bool]] = {
    # What it is called, and whether a change stops the account: who takes an account over renames it, or
    # sends readers elsewhere. A new picture or a new sentence about it calls people and stops nothing.
    "handle": (gettext_lazy("its handle"), True),
    "name": (gettext_lazy("its name"), True),
    "link": (gettext_lazy("its link"), True),
    "about": (gettext_lazy("what it says about itself"), False),
    "picture": (gettext_lazy("its picture"), False),
}


def changed(watch: Watch, profile: Profile) -> Iterator[Finding]:
    """Yield a finding for each part of the profile that is not as it was; then remember it as it is now.

    In this order: what could not be written down is found again at the next look.
    """
    now = {name: storable(value, LONGEST) for name, value in asdict(profile).items()}
    if watch.profile is not None:
        yield from _differences(watch.profile, now)
    if watch.profile != now:
        Watch.objects.filter(pk=watch.pk).update(profile=now)


def new_passwords(watch: Watch, names: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each thing that may act for the account since the last look; then remember it.

    One that is gone is no incident: fewer keys are no danger.
    """
    before, now = watch.app_passwords, sorted({storable(name, LONGEST) for name in names})
    if before is not None:
        yield from (_new_password(name) for name in now if name not in before)
    if before != now:
        Watch.objects.filter(pk=watch.pk).update(app_passwords=now)


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Finding]:
    for name, (words, stops) in FIELDS.items():
        old, new = before.get(name, ""), now[name]
        if old == new:
            continue
        said = {"what": words, "old": old or _("nothing"), "new": new or _("nothing")}
        yield Finding(
            IncidentKind.PROFILE,
            _("The account changed %(what)s, from “%(old)s” to “%(new)s”.") % said,
            subject=name,
            stops=stops,
            clues=[Clue(_("The profile as it was"), old, before), Clue(_("The profile now"), new, now)],
        )


def _new_password(name: str) -> Finding:
    return Finding(
        IncidentKind.APP_PASSWORD,
        _("A new app password may act for the account: “%(name)s”. The portal did not make it.")
        % {"name": name},
        subject=name,
        stops=True,
        clues=[Clue(_("Its name on the platform"), name)],
    )
