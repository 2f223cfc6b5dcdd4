"""Which function carries out which step after a second person has agreed: the whole list."""

from ..enums import Step
from . import release
from .proposals import Way, carries_out

carries_out(Step.RELEASE, Way(before=release.check_first, within=release.let_go))
