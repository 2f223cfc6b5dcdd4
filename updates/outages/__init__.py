"""Outages that keep their promises: what was said by when, who is nagged, who is still off, how it went."""
