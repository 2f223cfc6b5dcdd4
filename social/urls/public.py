"""Addresses of social: public (the practice network)."""

from django.urls import path

from ..views import sandbox

app_name = "sandbox"
urlpatterns = [
    path("sandbox/<slug:handle>/", sandbox.account, name="account"),
    path("sandbox/<slug:handle>/<slug:remote_id>/", sandbox.post, name="post"),
]
