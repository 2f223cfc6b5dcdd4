"""The practice network's own pages, clearly marked; knows posts, not notices."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from updates.views.public.page import residents_page, respond

from ..enums import Channel
from ..models import Account, SandboxPost
from ..sandbox.network import path_of

ON_A_PAGE = 20


@residents_page
def account(request: HttpRequest, handle: str) -> HttpResponse:
    """Show an account's posts, newest first."""
    _only_where_it_is_on()
    posts = SandboxPost.objects.on_show().filter(handle=handle)
    known = Account.objects.filter(channel=Channel.SANDBOX, remote_account_id=handle)
    if not posts.exists() and not known.exists():
        raise Http404
    page = Paginator(posts, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"handle": handle, "page": page, "posts": [_shown(post) for post in page]}
    return respond("social/sandbox_account.html", context, path=reverse("sandbox:account", args=[handle]))


@residents_page
def post(request: HttpRequest, handle: str, remote_id: str) -> HttpResponse:
    """Show one post; one that was removed is gone."""
    _only_where_it_is_on()
    found = SandboxPost.objects.on_show().filter(handle=handle, remote_id=remote_id).first()
    if found is None:
        raise Http404
    answers = Paginator(_answers_to(found), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "handle": handle,
        "shown": _shown(found, _above(found)),
        "page": answers,
        "answers": [_shown(answer) for answer in answers],
    }
    path = reverse("sandbox:post", args=[handle, remote_id])
    return respond("social/sandbox_post.html", context, path=path)


def _only_where_it_is_on() -> None:
    if not settings.SANDBOX_NETWORK:
        raise Http404


def _answers_to(post: SandboxPost) -> QuerySet[SandboxPost]:
    """Return the whole conversation below a first post, or what answers an answer; oldest first."""
    below = Q(root_id=post.remote_id) | Q(parent_id=post.remote_id)
    return SandboxPost.objects.on_show().filter(below).order_by("posted_at", "pk")


def _above(post: SandboxPost) -> SandboxPost | None:
    """Return the post that this one answers, if it is on show."""
    return SandboxPost.objects.on_show().filter(remote_id=post.parent_id).first() if post.parent_id else None


def _shown(post: SandboxPost, above: SandboxPost | None = None) -> dict[str, Any]:
    images = [{"url": default_storage.url(image["name"]), "alt": image["alt"]} for image in post.images]
    return {
        "post": post,
        "images": images,
        "host": urlsplit(post.link).netloc,
        "page": path_of("post", post.handle, post.remote_id),
        "above": above,
        "above_page": path_of("post", above.handle, above.remote_id) if above else "",
    }
