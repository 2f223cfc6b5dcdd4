"""Puts an answer to "is it genuine?" into sentences; decides nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look import times
from outbox.enums import Status
from updates.models import Edition, Notice

from ..models import Account, AnswerPost, Delivery
from .verifying import Answer, Near, Verdict

HEADINGS: dict[Verdict, str | Promise] = {
    Verdict.YES: gettext_lazy("Yes, this is ours"),
    Verdict.NO: gettext_lazy("No, this is not ours"),
    Verdict.CANNOT_TELL: gettext_lazy("We cannot tell"),
}
TONES = {Verdict.YES: "ok", Verdict.NO: "outage", Verdict.CANNOT_TELL: "warn"}

_WHY: dict[str, str | Promise] = {
    "portal": gettext_lazy("This is an address of our own portal."),
    "notice": gettext_lazy("This is the address of a notice of ours."),
    "account": gettext_lazy(
        "This is an account of ours. Paste the address of a single post to check that post."
    ),
    "by_hand": gettext_lazy("This was posted by hand on our account, and we have said that it is ours."),
    "words": gettext_lazy("These words stand in a notice of ours."),
    "lookalike": gettext_lazy("This address only looks like ours. Do not type anything there."),
    "no_notice": gettext_lazy("It carries our address, but there is no such notice."),
    "rogue": gettext_lazy("It stands on an account of ours, but none of us posted it."),
    "not_known": gettext_lazy(
        "It seems to stand on an account of ours, but this portal did not post it. It may be older than the "
        "portal, or it may not be from us. Do not rely on it."
    ),
    "in_flight": gettext_lazy("We are posting this right now. Ask again in a minute."),
    "elsewhere": gettext_lazy(
        "This address is neither our portal nor a post of one of our accounts. If it names us, paste the "
        "words of the post as well."
    ),
    "too_short": gettext_lazy("That is too short to tell. Paste the whole post, or its address."),
    "near": gettext_lazy(
        "We published something very like it, but not these words. Compare them: a changed number or link "
        "is how a true notice is turned into a trap."
    ),
    "nothing": gettext_lazy(
        "We found nothing like it among what we published. If somebody says it is from us, do not rely on it."
    ),
}


@dataclass(frozen=True)
class Told:
    """An answer as the page shows it."""

    verdict: Verdict
    heading: str | Promise
    tone: str
    why: str
    since: str
    warning: str
    notice: Notice | None
    row: Delivery | AnswerPost | None
    account: Account | None
    near: list[Near]


def told(answer: Answer) -> Told:
    """Return the sentences of an answer."""
    return Told(
        answer.verdict,
        HEADINGS[answer.verdict],
        TONES[answer.verdict],
        _why(answer),
        _since(answer),
        answer.account.public_warning if answer.account else "",
        answer.notice,
        answer.row,
        answer.account,
        answer.near,
    )


def _why(answer: Answer) -> str:
    row = answer.row
    if row is None or answer.why not in ("copy", "removed") or row.sent_at is None:
        return str(_WHY[answer.why])
    said = {
        "council": settings.COUNCIL.name,
        "account": row.account,
        "when": times.words(row.sent_at),
    }
    if row.status == Status.REMOVED:
        return _("%(council)s posted this on %(account)s, %(when)s, and has taken it down since.") % said
    return _("%(council)s posted this on %(account)s, %(when)s.") % said


def _since(answer: Answer) -> str:
    """Say what became of the notice since: what is genuine may be out of date."""
    notice = answer.notice
    if notice is None:
        return ""
    if notice.withdrawn_at:
        return _("The notice was withdrawn since: do not rely on it.")
    live = notice.live_edition
    shown = answer.row.edition if isinstance(answer.row, Delivery) else live
    if live is None or shown is None or live.pk == shown.pk:
        return _("The notice is over.") if notice.ended_at else ""
    if _was_corrected(notice, shown):
        return _("It was corrected since: read the notice as it stands now.")
    return _("There is newer news since: read the notice as it stands now.")


def _was_corrected(notice: Notice, shown: Edition) -> bool:
    later = notice.editions.filter(number__gt=shown.number, published_at__isnull=False)
    return later.filter(is_correction=True).exists()
