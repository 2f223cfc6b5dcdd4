"""Tells what a pasted link is: a page of ours, a post of one of our accounts, or a stranger's; no calls."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

import regex
from django.conf import settings
from django.db.models import Q

from ..models import Account, AnswerPost, Delivery
from ..publishers.registry import publisher_for

REFERENCE = regex.compile(r"^/(?:n|notices)/([0-9A-Za-z]{5})(?:/|$)")
LIKE_OURS = 0.8
"""How alike two host names must be before one is called a look-alike."""


class Belongs(StrEnum):
    """Whose a link is."""

    PORTAL = "portal"
    LOOKALIKE = "lookalike"
    ACCOUNT = "account"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Told:
    """What a link says by itself: whose it is, and the notice, row or account it leads to."""

    belongs: Belongs
    reference: str = ""
    row: Delivery | AnswerPost | None = None
    account: Account | None = None
    remote_id: str = ""


def link_in(pasted: str) -> str:
    """Return the link if a link is all that was pasted, else nothing."""
    words = pasted.split()
    if len(words) != 1:
        return ""
    word = words[0]
    if word.startswith(("https://", "http://", "at://")):
        return word
    return f"https://{word}" if "." in word else ""


def tell(link: str) -> Told:
    """Return whose `link` is. A few queries, no calls."""
    parts = _split(link)
    if parts is None:
        return Told(Belongs.ELSEWHERE)
    if _is_at_ours(parts):
        found = REFERENCE.match(parts.path)
        if found:
            return Told(Belongs.PORTAL, reference=found[1].upper())
    row = _row_at(link)
    if row is not None:
        return Told(Belongs.ACCOUNT, row=row, account=row.account, remote_id=row.remote_id)
    account = _named_in(link)
    if account is not None:
        return _post_of(account, link)
    if _is_at_ours(parts):
        return Told(Belongs.PORTAL)
    return Told(Belongs.LOOKALIKE if _looks_like_ours(_host(parts)) else Belongs.ELSEWHERE)


def _split(link: str) -> SplitResult | None:
    # A browser reads "\\" as "/" and goes elsewhere than we would think.
    if "\\" in link:
        return None
    try:
        return urlsplit(link)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _is_at_ours(parts: SplitResult) -> bool:
    """Say whether it is the portal's own address: no name before it, no port but its own."""
    return parts.netloc.casefold().removeprefix("www.") == urlsplit(settings.PORTAL_URL).netloc.casefold()


def _our_host() -> str:
    return _host(urlsplit(settings.PORTAL_URL))


def _row_at(link: str) -> Delivery | AnswerPost | None:
    """Return the row whose own link this is, with or without what trackers add to it."""
    plain = link.partition("?")[0].partition("#")[0].rstrip("/")
    at = Q(remote_url__in=[link, plain, f"{plain}/"])
    rows = Delivery.objects.select_related("account", "edition__notice")
    return rows.filter(at).order_by("-pk").first() or (
        AnswerPost.objects.select_related("account").filter(at).order_by("-pk").first()
    )


def _named_in(link: str) -> Account | None:
    """Return the official account that the link names: its handle or its id stands in the path."""
    parts = _split(link)
    path = [piece.lstrip("@").casefold() for piece in (parts.path if parts else "").split("/") if piece]
    for account in Account.objects.filter(confirmed_at__isnull=False):
        if {account.handle.casefold(), account.remote_account_id.casefold()} & set(path) and _same_site(
            account, link
        ):
            return account
    return None


def _same_site(account: Account, link: str) -> bool:
    """Say whether the platform itself would read this link as one of the account's."""
    return (
        publisher_for(account.channel).receipt_from_link(link, account.base_url, account.remote_account_id)
        is not None
    )


def _post_of(account: Account, link: str) -> Told:
    receipt = publisher_for(account.channel).receipt_from_link(
        link, account.base_url, account.remote_account_id
    )
    if receipt is None:
        return Told(Belongs.ACCOUNT, account=account)
    mine = {"account": account, "remote_id": receipt.remote_id}
    row = (
        Delivery.objects.select_related("account", "edition__notice").filter(**mine).order_by("-pk").first()
        or AnswerPost.objects.select_related("account").filter(**mine).first()
    )
    return Told(Belongs.ACCOUNT, row=row, account=account, remote_id=receipt.remote_id)


def _looks_like_ours(host: str) -> bool:
    """Say whether a stranger's host wears our name: in front, in other letters, or nearly spelt."""
    ours = _our_host()
    if not host or not ours:
        return False
    name = ours.partition(".")[0]
    wears = ours in host or name in regex.split(r"[.-]", host) or "xn--" in host
    return wears or SequenceMatcher(None, host, ours).ratio() >= LIKE_OURS
