"""Which function carries out which step after a second person has agreed: the whole list."""

from ..connect import confirming
from ..enums import Step
from . import release, revoking, rogue_posts
from .proposals import Way, carries_out

carries_out(Step.RELEASE, Way(before=release.check_first, within=release.let_go))
carries_out(Step.REVOKE, Way(within=revoking.stop_first, after=revoking.give_back))
carries_out(Step.REMOVE_POST, Way(before=rogue_posts.check_first, after=rogue_posts.take_down))
carries_out(Step.CONNECT, Way(within=confirming.confirm, drops=confirming.give_up))
