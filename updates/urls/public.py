"""Addresses of updates: public."""

from django.urls import path

from updates.urls import references  # noqa: F401 makes <reference:…> known
from updates.views.public import (
    about,
    alerts,
    calendar,
    card_image,
    corrections,
    feed,
    home,
    lists,
    notice,
    outages,
    places,
    preview,
    projects,
    record,
    still_off,
    widget,
)

app_name = "updates"
urlpatterns = [
    path("", home.home, name="home"),
    path("notices/", lists.notices, name="list"),
    path("notices/<reference:reference>/still-off/", still_off.ask, name="still_off"),
    path("notices/<reference:reference>/still-off/thanks/", still_off.thanks, name="still_off_thanks"),
    path("notices/<reference:reference>/event.ics", calendar.single, name="calendar_of"),
    path("notices/<reference:reference>/<slug:slug>/", notice.notice, name="notice"),
    path("notices/<reference:reference>/", notice.short, name="cut_short"),
    path("n/<reference:reference>/", notice.short, name="short"),
    path("outages/", outages.outages, name="outages"),
    path("outages/history/", outages.outage_history, name="outage_history"),
    path("outages/history.csv", outages.outage_history_csv, name="outage_history_csv"),
    path("events/", lists.events, name="events"),
    path("projects/", projects.projects, name="projects"),
    path("projects/list/", projects.listed, name="projects_list"),
    path("places/", places.places, name="places"),
    path("widget/<slug:slug>/", widget.widget, name="widget"),
    path("data/", widget.data, name="data"),
    path("feeds/notices.atom", feed.atom, name="atom"),
    path("feeds/events.ics", calendar.feed, name="calendar"),
    path("feeds/alerts.atom", alerts.feed, name="alerts"),
    path("feeds/alerts/<slug:identifier>.xml", alerts.message, name="alert"),
    path("corrections/", corrections.corrected, name="corrections"),
    path("record/", record.record, name="record"),
    path("record/months.csv", record.by_month, name="record_csv"),
    path("record/<month:month>/", record.month, name="record_month"),
    path("record/<month:month>/cases.csv", record.by_case, name="record_month_csv"),
    path("cards/<reference:reference>-<int:number>.png", card_image.card, name="card"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path(".well-known/security.txt", about.security_txt, name="security_txt"),
    path("preview/<str:token>/", preview.preview_link, name="preview_link"),
    path("robots.txt", about.robots_txt, name="robots_txt"),
]
