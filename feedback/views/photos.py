"""A resident's photo: as it was sent for the team's moderators, as it is shown for everybody."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import role_required
from accounts.enums import Role
from updates.views.public.page import residents_page

from .. import photo_moderation
from ..enums import Status
from ..models import Photo, Voice
from ..moderation import Refused
from ..permissions import INBOX_ROLES, may_moderate
from ..photo_forms import PhotoForm
from ..photo_grid import Grid, grid_for
from .item_page import CONFLICT, find
from .queue import list_query

_JPEG = "image/jpeg"
_BAD = 400


@residents_page
def shown(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as it was decided to be shown, while its words are shown too."""
    photo = Photo.objects.filter(
        voice__reference=reference, voice__status=Status.PUBLISHED, is_shown=True
    ).first()
    return _decided(photo)


@role_required(*INBOX_ROLES)
@never_cache
@require_GET
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as residents get it, to whoever may read the words, shown or not yet."""
    return _decided(Photo.objects.filter(voice=find(request, reference), is_shown=True).first())


@role_required(Role.MODERATOR)
@never_cache
@require_GET
def original(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as it was sent."""
    photo = _whole(request, reference)
    return HttpResponse(photo_moderation.as_sent(photo), content_type=_JPEG)


@role_required(Role.MODERATOR)
@never_cache
@require_GET
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as it would be shown with the squares in the address filled; keeps nothing."""
    photo = _whole(request, reference)
    grid = _grid(photo)
    areas = [grid.area(name) for name in grid.names if name in request.GET.getlist("squares")]
    return HttpResponse(photo_moderation.filled(photo, areas), content_type=_JPEG)


@role_required(Role.MODERATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide about the photo of what has this reference: squares first, then the result, then showing it."""
    voice = find(request, reference)
    photo = _photo(request, voice)
    if request.method != "POST":
        return _page(request, voice, photo, _form(voice, photo))
    if request.POST.get("decision") == "hide":
        return _hide(request, voice, photo)
    form = PhotoForm(request.POST, grid=_grid(photo))
    if not form.is_valid():
        return _page(request, voice, photo, form, status=_BAD)
    if request.POST.get("decision") == "show":
        return _show(request, voice, photo, form)
    return _page(request, voice, photo, _again(voice, form), seen=request.POST.get("decision") != "change")


def _show(request: HttpRequest, voice: Voice, photo: Photo, form: PhotoForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        photo_moderation.show(
            voice, by=request.user, seen_version=said["version"], alt_text=said["alt_text"], areas=form.areas
        )
    except Refused as refusal:
        return _conflict(request, voice, form, refusal)
    return _done(request, voice, _("The photo is shown."))


def _hide(request: HttpRequest, voice: Voice, photo: Photo) -> HttpResponse:
    seen = request.POST.get("version", "")
    try:
        photo_moderation.hide(voice, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0)
    except Refused as refusal:
        return _conflict(request, voice, _form(voice, photo), refusal)
    return _done(request, voice, _("The photo is not shown."))


def _done(request: HttpRequest, voice: Voice, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('inbox:item', args=[voice.reference])}{list_query(request)}")


def _conflict(request: HttpRequest, voice: Voice, form: PhotoForm, refusal: Refused) -> HttpResponse:
    """Show the page as things stand now, with what was chosen, so that it can be sent again on purpose."""
    fresh = find(request, voice.reference)
    photo = _photo(request, fresh)
    form = _again(fresh, form) if form.is_bound else _form(fresh, photo)
    return _page(request, fresh, photo, form, status=CONFLICT, refusal=str(refusal))


def _form(voice: Voice, photo: Photo) -> PhotoForm:
    grid = _grid(photo)
    # What was filled stays filled, unless somebody takes it out.
    first = {
        "version": voice.version,
        "alt_text": photo.alt_text,
        "squares": grid.touched_by(photo_moderation.areas_of(photo)),
    }
    return PhotoForm(initial=first, grid=grid)


def _again(voice: Voice, form: PhotoForm) -> PhotoForm:
    """Return the form with what was chosen in it, ticked, over the row as it is now."""
    said = {"version": voice.version, "alt_text": form.cleaned_data["alt_text"], "squares": form.chosen}
    return PhotoForm(initial=said, grid=form.grid)


def _page(
    request: HttpRequest,
    voice: Voice,
    photo: Photo,
    form: PhotoForm,
    *,
    seen: bool = False,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    """Return the page: the squares to choose, or with `seen` the result to look at before it is shown."""
    back = list_query(request)
    item = f"{reverse('inbox:item', args=[voice.reference])}{back}"
    squares = form.initial.get("squares", [])
    context: dict[str, Any] = {
        "voice": voice,
        "photo": photo,
        "form": form,
        "is_preview": seen,
        "squares": squares,
        "preview_query": urlencode({"squares": squares}, doseq=True),
        "list_query": back,
        "item_url": item,
        "refusal": refusal,
        "crumbs": [
            (_("My desk"), "/staff/"),
            (_("Inbox"), f"{reverse('inbox:queue')}{back}"),
            (voice.reference, item),
            (_("Photo"), None),
        ],
    }
    return render(request, "feedback/photo_decide.html", context, status=status)


def _decided(photo: Photo | None) -> HttpResponse:
    if photo is None:
        raise Http404
    with photo.shown.open() as file:
        return HttpResponse(file.read(), content_type=_JPEG)


def _whole(request: HttpRequest, reference: str) -> Photo:
    photo = _photo(request, find(request, reference))
    if not photo.original:
        raise Http404
    return photo


def _photo(request: HttpRequest, voice: Voice) -> Photo:
    photo = Photo.objects.filter(voice=voice).first()
    if photo is None or not may_moderate(request.user, voice.team):
        raise Http404
    return photo


def _grid(photo: Photo) -> Grid:
    return grid_for(photo.width, photo.height)
