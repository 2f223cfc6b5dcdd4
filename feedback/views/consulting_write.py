"""Writing a consultation: its words, its questions and their order; what may be changed is writing's say."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, role_required, sent

from ..consultations import writing
from ..consultations.stages import Refused
from ..consulting_forms import WordsForm
from ..enums import ItemKind
from ..item_forms import ItemForm, OptionForms
from ..models import Consultation, Item
from ..permissions import CONSULTATION_WRITERS
from .consulting import crumbs, find

CONFLICT = 409
# No key has so many.
_DIGITS = 19


@role_required(*CONSULTATION_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what it is about, its times and who may answer."""
    shown = find(request, reference)
    form = WordsForm(sent(request), consultation=shown)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            writing.change(
                shown,
                by=person_of(request),
                seen_version=form.cleaned_data["version"],
                fields=form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            shown.refresh_from_db()
            _take_newer(form, version=shown.version)
            status = CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect("consulting:page", shown.reference)
    context = {"form": form, "consultation": shown, "crumbs": crumbs(shown, _("Words and times"))}
    return render(request, "feedback/consulting/words.html", context, status=status)


def _take_newer(form: WordsForm | ItemForm, **seen: object) -> None:
    """Let the next press save over what somebody else saved: the person was told and looked."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data.update({name: str(value) for name, value in seen.items()})  # type: ignore[attr-defined]


@role_required(*CONSULTATION_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a question."""
    shown = find(request, reference)
    return _item_page(
        request, shown, None, lambda fields: writing.add_item(shown, by=person_of(request), fields=fields)
    )


@role_required(*CONSULTATION_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change a question and its options."""
    shown = find(request, reference)
    found = _item(request, shown, number)

    def save(fields: dict[str, Any]) -> None:
        if found is None:
            raise Refused(writing.gone_sentence())
        writing.change_item(found, by=person_of(request), seen=fields["seen"], fields=fields)

    return _item_page(request, shown, found, save)


@role_required(*CONSULTATION_WRITERS)
@require_POST
def move_item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Let a question change places with its neighbour."""
    up = request.POST.get("way") == "up"
    return _done(request, reference, number, partial(writing.move_item, by=person_of(request), up=up))


@role_required(*CONSULTATION_WRITERS)
@require_POST
def remove_item(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a question out."""
    return _done(request, reference, number, partial(writing.remove_item, by=person_of(request)))


def _done(request: HttpRequest, reference: str, number: int, step: Callable[[Item], None]) -> HttpResponse:
    shown = find(request, reference)
    try:
        if (found := _item(request, shown, number)) is None:
            raise Refused(writing.gone_sentence())
        step(found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('consulting:page', args=[shown.reference])}#questions")


def _item_page(
    request: HttpRequest, shown: Consultation, found: Item | None, save: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    form, options = ItemForm(sent(request), item=found), OptionForms(sent(request), item=found)
    status = 200
    if request.method == "POST" and "add" in request.POST:
        options.add_rows()
    elif request.method == "POST" and _is_valid(form, options):
        try:
            save({**form.cleaned_data, "options": options.options()})
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
            if found:
                _take_newer(form, seen=writing.stamp(found))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('consulting:page', args=[shown.reference])}#questions")
    here = _("Question %(number)s") % {"number": found.number} if found else _("Add a question")
    context = {
        "form": form,
        "options": options,
        "consultation": shown,
        "item": found,
        "heading": here,
        "is_adding_rows": "add" in request.POST,
        "crumbs": crumbs(shown, here),
    }
    return render(request, "feedback/consulting/item.html", context, status=status)


def _is_valid(form: ItemForm, options: OptionForms) -> bool:
    is_valid = [form.is_valid(), options.is_valid()]
    if not all(is_valid):
        return False
    if problem := options.problem(ItemKind(form.cleaned_data["kind"])):
        options.rows[0].add_error("words", problem) if options.rows else form.add_error(None, problem)
        return False
    return True


def _item(request: HttpRequest, shown: Consultation, number: int) -> Item | None:
    """Return the question that was open, wherever a colleague moved it, or None if one removed it.

    Where nothing says which was open it is the one of that number; raises Http404 if there is none.
    """
    items = shown.items.select_related("consultation__team")
    if key := request.POST.get("question"):
        return (
            items.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < _DIGITS else None
        )
    return get_object_or_404(items, number=number)
