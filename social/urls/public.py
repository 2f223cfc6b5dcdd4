"""Addresses of social: public."""

from django.urls import URLPattern

app_name = "social_public"
urlpatterns: list[URLPattern] = []
