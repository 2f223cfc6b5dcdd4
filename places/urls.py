"""Addresses under /staff/ that places owns: the wards."""

from django.urls import path

from . import views

app_name = "places"
urlpatterns = [
    path("wards/", views.wards, name="wards"),
    path("wards/new/", views.new_ward, name="new_ward"),
    path("wards/<slug:slug>/", views.ward, name="ward"),
]
