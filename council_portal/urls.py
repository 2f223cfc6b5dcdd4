"""The one map of addresses: each app brings its own trees for residents and for staff."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("watchz", health.watchz, name="watchz"),
    path("accounts/", include("accounts.signin_urls")),
    path("staff/", include("accounts.urls")),
    path("staff/", include("places.urls")),
    path("staff/", include("updates.urls.staff")),
    path("staff/", include("social.urls.staff")),
    path("staff/", include("feedback.urls.staff")),
    path("staff/", include("feedback.urls.consulting")),
    path("api/v1/", include("updates.urls.api")),
    path("", include("feedback.urls.public")),
    path("", include("feedback.urls.consultations")),
    path("", include("subscriptions.urls")),
    path("", include("social.urls.public")),
    path("", include("social.urls.genuine")),
    path("", include("updates.urls.public")),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
