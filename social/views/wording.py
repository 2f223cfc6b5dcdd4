"""What each account will say: the words for one edition, with the platform's own count and a true preview."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.access import person_of, role_required
from accounts.enums import Role
from updates import drafting
from updates.models import Edition

from ..cards import left_out_card, planned_card
from ..forms import WordingForm
from ..planning import accounts_for, counts_as_read, preview
from ..wordings import save_wordings, words_of

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.AUTHOR)
def wording(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show and save the words for each account; nothing typed is lost, whatever is refused."""
    edition = _find(request, pk)
    accounts = accounts_for(edition)
    words = words_of(edition)
    if request.method != "POST":
        if not edition.is_editable:
            messages.info(request, _("Only a draft can be changed. This is how it stands."))
            return _to_edition(edition)
        return _page(request, edition, WordingForm(accounts=accounts, words=words, initial=_version(edition)))
    form = WordingForm(request.POST, accounts=accounts, words=words)
    if not form.is_valid() or "preview" in request.POST:
        return _page(request, edition, form)
    return _save(request, edition, form)


def _save(request: HttpRequest, edition: Edition, form: WordingForm) -> HttpResponseBase:
    seen = form.cleaned_data["version"]
    try:
        save_wordings(edition, form.words(), seen_version=seen, by=person_of(request))
    except drafting.DraftChanged as clash:
        return _clash(request, clash.current, form)
    except drafting.DraftClosed as closed:
        form.add_error(None, _("%(why)s What you typed was not saved; copy what you need.") % {"why": closed})
        return _page(request, edition, form, CONFLICT)
    refused = [each["account"] for each in _rows(edition, form) if each["card"].state == "problem"]
    if refused:
        names = ", ".join(str(account) for account in refused)
        messages.warning(request, _("Saved, but this would be refused: %(names)s.") % {"names": names})
        return redirect("social:wording", pk=edition.pk)
    messages.success(request, _("Saved. This is what each account will say."))
    return _to_edition(edition)


def _clash(request: HttpRequest, current: Edition, form: WordingForm) -> HttpResponse:
    """Say that somebody was faster; saving again is then on purpose."""
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    form.data = typed
    form.add_error(
        None,
        _("Somebody saved this edition while you were writing. What you typed is still here; save it again."),
    )
    return _page(request, _find(request, current.pk), form, CONFLICT)


def _page(request: HttpRequest, edition: Edition, form: WordingForm, status: int = 200) -> HttpResponse:
    context = {
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "rows": _rows(edition, form),
    }
    return render(request, "social/wording.html", context, status=status)


def _rows(edition: Edition, form: WordingForm) -> list[dict[str, Any]]:
    """Return for every account its two fields, the post as typed, and what the browser needs to count."""
    words = form.words()
    rows = []
    for account in form.accounts:
        typed = words[account.pk]
        planned = preview(edition, account, typed.text, is_thread=typed.is_thread)
        rows.append(
            {
                "account": account,
                "include": form[f"include_{account.pk}"],
                "text": form[f"text_{account.pk}"],
                "thread": form[f"thread_{account.pk}"] if f"thread_{account.pk}" in form.fields else None,
                "link": edition.notice.short_url if account.includes_link else "",
                "counts_plainly": counts_as_read(account),
                "card": planned_card(planned) if typed.is_included else left_out_card(account),
                "count": sum(planned.counts),
                "posts": len(planned.posts),
                "limits": planned.limits,
                "is_generated": not typed.text.strip(),
            }
        )
    return rows


def _find(request: HttpRequest, pk: int) -> Edition:
    related = ("notice__team", "notice__live_edition", "picture")
    edition = Edition.objects.select_related(*related).filter(pk=pk).first()
    if edition is None:
        raise Http404
    if not permissions.may_write(request.user, edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    return edition


def _version(edition: Edition) -> dict[str, int]:
    return {"version": edition.version}


def _to_edition(edition: Edition) -> HttpResponseBase:
    return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)
