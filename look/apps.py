"""Registers the look with Django."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """The visual language: tags, widgets, the council's name in every template."""

    name = "look"
