"""Addresses of updates: staff."""

from django.urls import path

from updates.views.staff import (
    autosave,
    check,
    decide,
    documents,
    edit,
    home,
    moves,
    notice,
    outage_update,
    preview_links,
    review,
    start,
    templates,
)

app_name = "desk"

_EDITION = "notices/<slug:reference>/<int:number>"

urlpatterns = [
    path("", home.home, name="home"),
    path("notices/", home.notices, name="notices"),
    path("notices/new/", start.kind, name="start"),
    path("notices/new/<slug:kind>/", start.team, name="start_team"),
    path("notices/<slug:reference>/", notice.notice, name="notice"),
    path("notices/<slug:reference>/update/", outage_update.outage_update, name="outage_update"),
    path("notices/<slug:reference>/new-edition/", start.new_edition, name="new_edition"),
    path(f"{_EDITION}/", notice.edition, name="edition"),
    path(f"{_EDITION}/preview/", notice.preview, name="preview"),
    path(f"{_EDITION}/edit/", edit.edit, name="edit"),
    path(f"{_EDITION}/approve/", decide.approve, name="approve"),
    path(f"{_EDITION}/second-check/", decide.second_check, name="second_check"),
    path(f"{_EDITION}/submit/", moves.submit, name="submit"),
    path(f"{_EDITION}/take-back/", moves.take_back, name="take_back"),
    path(f"{_EDITION}/publish/", moves.publish, name="publish"),
    path(f"{_EDITION}/schedule/", moves.schedule, name="schedule"),
    path(f"{_EDITION}/unschedule/", moves.unschedule, name="unschedule"),
    path(f"{_EDITION}/publish-urgently/", moves.publish_urgently, name="publish_urgently"),
    path(f"{_EDITION}/withdraw/", moves.withdraw, name="withdraw"),
    path(f"{_EDITION}/end/", moves.end, name="end"),
    path(f"{_EDITION}/discard/", moves.discard, name="discard"),
    path("notices/<slug:reference>/owner/", review.owner, name="owner"),
    path(f"{_EDITION}/still-right/", review.still_right, name="still_right"),
    path(f"{_EDITION}/autosave/", autosave.autosave, name="autosave"),
    path(f"{_EDITION}/check/", check.check, name="check"),
    path(f"{_EDITION}/documents/", documents.documents, name="documents"),
    path(f"{_EDITION}/documents/remove/", documents.remove, name="document_remove"),
    path(f"{_EDITION}/autosave/forget/", autosave.forget, name="autosave_forget"),
    path(f"{_EDITION}/preview-links/", preview_links.links, name="preview_links"),
    path(f"{_EDITION}/preview-links/<int:pk>/revoke/", preview_links.revoke, name="preview_revoke"),
    path("templates/", templates.listed, name="templates"),
    path("templates/new/", templates.start, name="template_start"),
    path("templates/new/<slug:slug>/<slug:kind>/", templates.write, name="template_write"),
    path("templates/<int:pk>/", templates.template, name="template"),
    path("templates/<int:pk>/edit/", templates.edit, name="template_edit"),
    path("templates/<int:pk>/approve/", templates.approve, name="template_approve"),
    path("templates/<int:pk>/retire/", templates.retire, name="template_retire"),
    path("templates/<int:pk>/use/", templates.use, name="template_use"),
]
