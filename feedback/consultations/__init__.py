"""Consultations and polls: written by staff, answered by residents, closed, and what came of them."""
