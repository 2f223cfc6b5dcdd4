"""Answers "is it genuine?" about a link, a text or a screenshot's words; reads only, calls nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from outbox.enums import Status
from updates import richtext
from updates.models import Edition, Notice
from updates.search.asked import Asked
from updates.search.finding import search

from ..enums import IncidentKind
from ..models import Account, AnswerPost, Delivery, Incident, KnownPost, LogEntry
from . import links, words
from .canonical import text_hash
from .links import Belongs, Told

LONGEST = 5000
"""Characters that are looked at; the longest post most platforms show is shorter."""
LOOKED_AT = 300
"""Newest posts compared word by word when no exact answer is found."""
NOTICES_LOOKED_AT = 20
NEAR_SHOWN = 3
WAS_SENT = (Status.SENT, Status.REMOVING, Status.REMOVED)


class Verdict(StrEnum):
    """The three answers."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Near:
    """Something of ours that is nearly what was pasted."""

    notice: Notice | None
    row: Delivery | AnswerPost | None
    likeness: float
    pasted: str
    ours: str


@dataclass(frozen=True)
class Answer:
    """The verdict, why (a word that the page turns into a sentence), and what it is about."""

    verdict: Verdict
    why: str
    notice: Notice | None = None
    row: Delivery | AnswerPost | None = None
    account: Account | None = None
    near: list[Near] = field(default_factory=list)


def verify(pasted: str) -> Answer:
    """Say whether the council published what was pasted. A bounded number of queries and comparisons."""
    pasted = pasted.replace("\x00", "").strip()[:LONGEST]
    link = links.link_in(pasted)
    return _about_link(links.tell(link)) if link else _about_text(pasted)


def _about_link(told: Told) -> Answer:
    if told.row is not None:
        return _ours(told.row)
    if told.belongs == Belongs.PORTAL:
        return _portal_page(told.reference)
    if told.belongs == Belongs.LOOKALIKE:
        return Answer(Verdict.NO, "lookalike")
    if told.belongs == Belongs.ACCOUNT and told.account is not None:
        return _not_in_the_ledger(told.account, told.remote_id)
    return Answer(Verdict.CANNOT_TELL, "elsewhere")


def _portal_page(reference: str) -> Answer:
    notice = _public_notice(reference)
    if notice is not None:
        return Answer(Verdict.YES, "notice", notice=notice)
    return Answer(Verdict.NO, "no_notice") if reference else Answer(Verdict.YES, "portal")


def _public_notice(reference: str) -> Notice | None:
    shown = Notice.objects.filter(first_published_at__isnull=False).select_related("live_edition", "team")
    return shown.filter(reference=reference).first() if reference else None


def _ours(row: Delivery | AnswerPost) -> Answer:
    notice = row.edition.notice if isinstance(row, Delivery) else row.reply.notice
    if row.status in WAS_SENT:
        why = "removed" if row.status == Status.REMOVED else "copy"
        return Answer(Verdict.YES, why, notice=notice, row=row, account=row.account)
    return Answer(Verdict.CANNOT_TELL, "in_flight", notice=notice, row=row, account=row.account)


def _not_in_the_ledger(account: Account, remote_id: str) -> Answer:
    """A post of an official account that the portal did not make."""
    if not remote_id:
        return Answer(Verdict.YES, "account", account=account)
    if KnownPost.objects.filter(account=account, remote_id=remote_id).exists():
        return Answer(Verdict.YES, "by_hand", account=account)
    rogue = Incident.objects.filter(account=account, kind=IncidentKind.UNKNOWN_POST, subject=remote_id)
    if rogue.filter(is_drill=False).exists():
        return Answer(Verdict.NO, "rogue", account=account)
    return Answer(Verdict.CANNOT_TELL, "not_known", account=account)


def _about_text(pasted: str) -> Answer:
    letters = len(words.bare(pasted))
    if letters < words.SHORTEST:
        return Answer(Verdict.CANNOT_TELL, "too_short")
    if letters > LONGEST:
        # One sign can stand for eighteen letters: nobody's post, and dear to compare with everything.
        return Answer(Verdict.CANNOT_TELL, "nothing")
    row = _same_post(pasted)
    if row is not None:
        return _ours(row)
    notices = _notices_about(pasted)
    for notice in notices:
        if any(words.is_same(pasted, text) for text in _texts_of(notice)):
            return Answer(Verdict.YES, "words", notice=notice)
    near = _near(pasted, notices)
    return Answer(Verdict.CANNOT_TELL, "near" if near else "nothing", near=near)


def _same_post(pasted: str) -> Delivery | AnswerPost | None:
    """Return the post with exactly these words, by the log's own index; else among the newest, by letters."""
    said = LogEntry.objects.filter(text_sha256=text_hash(pasted)).order_by("-number").first()
    if said is not None:
        row = said.delivery or said.answer
        if row is not None:
            return row
    return next((row for row in _newest_posts() if words.is_same(pasted, row.payload["text"])), None)


def _newest_posts() -> list[Delivery]:
    rows = Delivery.objects.filter(status__in=WAS_SENT).select_related("account", "edition__notice")
    return list(rows.order_by("-pk")[:LOOKED_AT])


def _notices_about(pasted: str) -> list[Notice]:
    """Return the notices a search for the text's beginning and for its longest words finds."""
    longest = " ".join(sorted(set(pasted.split()), key=lambda word: (-len(word), word))[:3])
    asked = [Asked(pasted, state="all"), Asked(longest, state="all")]
    keys = list(dict.fromkeys(key for one in asked for key in search(one).keys[:NOTICES_LOOKED_AT]))
    found = Notice.objects.filter(pk__in=keys).select_related("live_edition", "team").in_bulk()
    return [found[key] for key in keys if key in found and found[key].live_edition]


def _texts_of(notice: Notice) -> list[str]:
    edition: Edition | None = notice.live_edition
    if edition is None:
        return []
    # First as it is read, for that is what people copy; then as it was written, with the addresses of links.
    return [
        f"{title} {edition.summary} {body}"
        for body in (richtext.words(edition.body), edition.body)
        for title in (edition.headline, edition.title)
    ]


def _near(pasted: str, notices: Iterable[Notice]) -> list[Near]:
    """Return what of ours is most like it, the likest first; one of each notice."""
    found: dict[int, Near] = {}
    for notice, row, text in _candidates(notices):
        likeness = words.likeness(pasted, text)
        if likeness >= words.NEAR and likeness > (found[notice.pk].likeness if notice.pk in found else 0):
            found[notice.pk] = Near(notice, row, likeness, pasted, text)
    likest = islice(sorted(found.values(), key=lambda near: -near.likeness), NEAR_SHOWN)
    return [near if near.row else replace(near, ours=words.beside(pasted, near.ours)) for near in likest]


def _candidates(notices: Iterable[Notice]) -> Iterable[tuple[Notice, Delivery | None, str]]:
    for row in _newest_posts():
        yield row.edition.notice, row, row.payload["text"]
    for notice in notices:
        for text in _texts_of(notice)[:1]:
            yield notice, None, text
