"""Mentions without a notice, and decisions about answers on platforms; the rules are elsewhere."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import View, person_of, role_required
from accounts.enums import Role
from accounts.models import User
from look.paging import kept_query

from ..decisions import DecisionRefused
from ..forms import ConfirmForm, LinkForm
from ..models import AnswerPost, Reply
from ..permissions import WRITERS, may_answer_for
from ..replies import deciding, handing, joining, listing
from ..replies.forms import JoinForm
from ..replies.joining import JoiningRefused

ON_A_PAGE = 20
CONFLICT = 409
MENTION_ROLES = (Role.MODERATOR, Role.COMMUNICATIONS_LEAD)


@require_safe
@role_required(*MENTION_ROLES)
def mentions(request: HttpRequest) -> HttpResponse:
    """List what mentions the person's accounts and belongs to no notice yet."""
    return _mentions_page(request)


@require_POST
@role_required(*MENTION_ROLES)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a mention to a notice; it goes to that notice's inbox."""
    reply, form = _find(request, pk), JoinForm(request.POST, auto_id=f"join_{pk}_%s")
    if not form.is_valid():
        return _mentions_page(request, reply, form, status=400)
    try:
        notice = joining.join_by_hand(reply, form.cleaned_data["notice"], by=person_of(request))
    except JoiningRefused as refusal:
        form.add_error("notice", str(refusal))
        return _mentions_page(request, reply, form, status=CONFLICT)
    handing.hand_over(reply.account)
    messages.success(request, _("It is in the inbox now, about “%(title)s”.") % {"title": notice.title})
    return redirect("social:mentions")


@require_POST
@role_required(*MENTION_ROLES)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a mention out of the inbox."""
    try:
        joining.set_aside(_find(request, pk), by=person_of(request))
        messages.success(request, _("Set aside. It will not come back."))
    except JoiningRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("social:mentions")


def _decision(
    name: str, form_class: type[forms.Form], act: Callable[[AnswerPost, dict[str, str], User], None]
) -> View:
    """Return the view that carries out one decision about an answer and leads back to the question."""

    @require_POST
    @role_required(Role.MODERATOR, *WRITERS, Role.COMMUNICATIONS_LEAD)
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        row = listing.find_answer(pk)
        if row is None or row.reply.notice is None:
            raise Http404
        if not may_answer_for(request.user, row.reply.notice.team):
            raise PermissionDenied
        form = form_class(request.POST)
        try:
            if not form.is_valid():
                raise DecisionRefused(_first_error(form))
            act(row, form.cleaned_data, person_of(request))
            messages.success(request, _("Done. What becomes of it stands here."))
        except DecisionRefused as refusal:
            messages.warning(request, str(refusal))
        return redirect("inbox:item", row.reply.voice)

    view.__name__ = name
    view.__doc__ = f"Carry out “{name}” for one answer."
    return view


retry = _decision("answer_retry", ConfirmForm, lambda row, data, by: deciding.retry(row, by=by))
give_up = _decision("answer_give_up", ConfirmForm, lambda row, data, by: deciding.give_up(row, by=by))
it_is_there = _decision(
    "answer_it_is_there",
    LinkForm,
    lambda row, data, by: deciding.settle_as_sent(row, data["link"], by=by),
)
not_there = _decision(
    "answer_not_there", ConfirmForm, lambda row, data, by: deciding.settle_as_not_sent(row, by=by)
)


def _first_error(form: forms.Form) -> str:
    return next((str(each) for found in form.errors.values() for each in found), "")


def _find(request: HttpRequest, pk: int) -> Reply:
    """Return a reply to an account of the person's teams; 404 otherwise."""
    reply = listing.replies_for(request.user).filter(pk=pk).first()
    if reply is None:
        raise Http404
    return reply


def _mentions_page(
    request: HttpRequest, about: Reply | None = None, bound: JoinForm | None = None, *, status: int = 200
) -> HttpResponse:
    page = Paginator(listing.mentions_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [
        (reply, bound if bound and about == reply else JoinForm(auto_id=f"join_{reply.pk}_%s"))
        for reply in page
    ]
    context = {
        "page": page,
        "mentions": shown,
        "form": bound,
        "deaf": listing.not_listened_to(),
        "query": kept_query(request),
        "crumbs": [
            (_("My desk"), "/staff/"),
            (_("Inbox"), "/staff/inbox/"),
            (_("Mentions without a notice"), None),
        ],
    }
    return render(request, "social/mentions.html", context, status=status)
