"""Residents' pages, parsed."""

from tests.updates.public.conftest import read

__all__ = ["read"]
