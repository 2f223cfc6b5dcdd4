"""Doubts what was sent: advertising, the same words often, many from one network; must not hide anything.

All of it happens on this machine. A doubt puts something later in a moderator's queue. It refuses nothing.
"""

from .flood import is_burst
from .look import of, of_each

__all__ = ["is_burst", "of", "of_each"]
