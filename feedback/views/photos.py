"""A resident's photo: as it was sent for the team's moderators, as it is shown for everybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from ..permissions import may_moderate
from ..photo_forms import PhotoForm
from .item_page import CONFLICT, find


@residents_page
def shown(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as it was decided to be shown, while its words are shown too."""
    photo = Photo.objects.filter(
        voice__reference=reference, voice__status=Status.PUBLISHED, is_shown=True
    ).first()
    if photo is None:
        raise Http404
    with photo.shown.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg")


@role_required(Role.MODERATOR)
@never_cache
@require_GET
def original(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand out the photo as it was sent, with the grid over it."""
    photo = _photo(request, find(request, reference))
    if not photo.original:
        raise Http404
    return HttpResponse(photo_moderation.numbered(photo), content_type="image/jpeg")


@role_required(Role.MODERATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Show or do not show the photo of what has this reference."""
    voice = find(request, reference)
    photo = _photo(request, voice)
    first = {
        "version": voice.version,
        "alt_text": photo.alt_text,
        # What was filled stays filled, unless somebody takes it out of the box.
        "squares": photo_moderation.squares_of(photo),
    }
    hides = request.POST.get("decision") == "hide"
    form = PhotoForm(request.POST or None, initial=first)
    status = 200
    if request.method == "POST":
        status = 400
        try:
            if hides:
                seen = (
                    int(request.POST.get("version", "")) if request.POST.get("version", "").isdecimal() else 0
                )
                photo_moderation.hide(voice, by=request.user, seen_version=seen)
            elif form.is_valid():
                said = form.cleaned_data
                photo_moderation.show(
                    voice,
                    by=request.user,
                    seen_version=said["version"],
                    alt_text=said["alt_text"],
                    areas=said["squares"],
                )
            if hides or form.is_valid():
                messages.success(request, _("The photo is not shown.") if hides else _("The photo is shown."))
                return redirect("inbox:item", reference)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            status = CONFLICT
    context = {"voice": voice, "photo": photo, "form": form}
    return render(request, "feedback/photo_decide.html", context, status=status)


def _photo(request: HttpRequest, voice: Voice) -> Photo:
    photo = Photo.objects.filter(voice=voice).first()
    if photo is None or not may_moderate(request.user, voice.team):
        raise Http404
    return photo
