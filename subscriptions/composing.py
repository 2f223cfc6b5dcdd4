"""Writes the mails about notices; what differs by reader is a mark, filled in on sending. Sends nothing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Kind
from look import times
from updates import cards, facts, richtext, timeline
from updates.enums import Urgency
from updates.models import Edition

from .enums import Occasion

# Stand in the frozen words where each reader's own belong.
WHY, MANAGE, LEAVE = "⟦why⟧", "⟦manage⟧", "⟦leave⟧"
# Ink and tint of each tone, as static/scss/_tokens.scss has them: a mail has no stylesheet of ours.
_COLOURS = {
    "outage": ("#a8321c", "#fbe9e4"),
    "event": ("#6a2c70", "#f4e8f6"),
    "project": ("#1d4f91", "#e6eef9"),
    "ok": ("#1c6b3a", "#e4f2e8"),
    "warn": ("#7a5200", "#fdf0d0"),
    "neutral": ("#4a5855", "#eceae4"),
}
_SUBJECT_MOST = 200


@dataclass(frozen=True)
class Words:
    """A mail before it is anybody's: subject, text and HTML with marks."""

    subject: str
    text: str
    html: str

    def own(self, why: str, manage: str, leave: str) -> "Words":
        """Return the mail with one reader's reason and links."""
        text, html = self.text, self.html
        for mark, value in ((WHY, why), (MANAGE, manage), (LEAVE, leave)):
            text, html = text.replace(mark, value), html.replace(mark, escape(value))
        return Words(self.subject, text, html)


def news(edition: Edition) -> Words:
    """Return the mail about an edition that went live."""
    before = _before(edition)
    item = _item(edition)
    changed = timeline.changes(before, edition) if before else []
    context = {
        "item": item,
        "edition": edition,
        "is_update": before is not None,
        "changes": [(change.label, _plain(change.old), _plain(change.new)) for change in changed],
        "advice": getattr(edition.detail, "advice", ""),
        "body": richtext.render(edition.body),
    }
    return _words(_subject(edition), "notice", context)


def withdrawn(edition: Edition) -> Words:
    """Return the mail that tells a notice was withdrawn, to those who were sent it."""
    subject = _("Withdrawn: %(headline)s") % {"headline": edition.headline}
    item = {**_item(edition), "tag": _("Withdrawn"), "ink": "#a8321c", "tint": "#fbe9e4"}
    return _words(subject, "withdrawn", {"item": item, "edition": edition, "notice": edition.notice})


def digest(editions: Sequence[Edition], occasion: str) -> Words:
    """Return the digest that holds `editions`, the loudest first, each fetched with its notice and detail."""
    ordered = sorted(editions, key=_loudest_first)
    first, more = ordered[0].headline, len(ordered) - 1
    subject = first
    if more:
        subject = ngettext("%(first)s, and %(more)s more", "%(first)s, and %(more)s more", more) % {
            "first": first,
            "more": more,
        }
    heading = _("Your day in %(council)s") if occasion == Occasion.DAILY else _("Your week in %(council)s")
    context = {
        "items": [_item(edition) for edition in ordered],
        "heading": heading % {"council": settings.COUNCIL.short_name},
    }
    return _words(subject, "digest", context)


def _words(subject: str, template: str, context: dict[str, Any]) -> Words:
    # Nobody can type these, so a mark that stands in the council's own words is never a reader's link.
    ours = {name: f"{name}{secrets.token_hex(16)}" for name in ("why", "manage", "leave")}
    context = {
        **context,
        **ours,
        "council": settings.COUNCIL,
        "portal_url": settings.PORTAL_URL,
        "subject": subject,
    }
    text, html = (render_to_string(f"emails/{template}.{kind}", context) for kind in ("txt", "html"))
    return Words(
        # A line break in it would have every one of these mails refused.
        " ".join(subject.split())[:_SUBJECT_MOST],
        _marked(text, ours),
        _marked(html, ours),
    )


def _marked(text: str, ours: dict[str, str]) -> str:
    """Return `text` with our marks in place of the words nobody can type, and no others."""
    plain = text.replace("⟦", "[").replace("⟧", "]")
    for name, mark in (("why", WHY), ("manage", MANAGE), ("leave", LEAVE)):
        plain = plain.replace(ours[name], mark)
    return plain


def _item(edition: Edition) -> dict[str, Any]:
    """Return what a mail shows of an edition: its status in a word, its answers, its address."""
    notice = edition.notice
    is_over = notice.ended_at is not None
    ink, tint = _COLOURS["neutral" if is_over else cards.tone_of(edition)]
    return {
        "headline": edition.headline,
        "summary": edition.summary,
        "tag": _("Ended") if is_over else cards.tag_of(edition),
        "is_emergency": edition.urgency == Urgency.EMERGENCY and not is_over,
        "is_correction": edition.is_correction,
        "change_note": edition.change_note,
        "ink": ink,
        "tint": tint,
        "facts": [(term, _plain(value), _plain(note)) for term, value, note in _facts(edition)],
        # An event's facts name its venue.
        "where": "" if notice.kind == Kind.EVENT else cards.where_of(edition),
        "at": times.words(edition.published_at, "long") if edition.published_at else "",
        "url": f"{settings.PORTAL_URL}{notice.get_absolute_url()}",
    }


def _facts(edition: Edition) -> list[facts.Fact]:
    kind = edition.notice.kind
    if kind == Kind.OUTAGE:
        return facts.outage_facts(edition.outage)
    if kind == Kind.EVENT:
        return facts.event_facts(edition.event)
    return facts.project_panel(edition.project).facts if kind == Kind.PROJECT else []


def _plain(text: facts.Text) -> str:
    """Return a fact's words without the <time> around them; HTML's signs become letters again."""
    return unescape(strip_tags(str(text)))


def _subject(edition: Edition) -> str:
    """Return the headline with what must be seen before the mail is opened."""
    words = edition.headline
    if edition.notice.kind == Kind.OUTAGE:
        words = f"{words} ({edition.outage.get_state_display().lower()})"
    if edition.is_correction:
        return _("Correction: %(words)s") % {"words": words}
    if edition.urgency == Urgency.EMERGENCY:
        return _("Emergency: %(words)s") % {"words": words}
    return words


def _before(edition: Edition) -> Edition | None:
    """Return the edition residents read until now, or None for the first."""
    seen = edition.notice.editions.filter(published_at__isnull=False, number__lt=edition.number)
    before = seen.select_related("outage", "event", "project").order_by("-number").first()
    if before:
        before.notice = edition.notice
    return before


_KINDS = [Kind.OUTAGE, Kind.GENERAL, Kind.EVENT, Kind.PROJECT]


def _loudest_first(edition: Edition) -> tuple[int, int, int]:
    return (-edition.urgency, _KINDS.index(Kind(edition.notice.kind)), -edition.pk)
