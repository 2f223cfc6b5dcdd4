"""What a council may write around a notice's words, and how its placeholders are filled; pure."""

from collections.abc import Mapping

import regex
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACEHOLDERS = {
    "headline": gettext_lazy("the title, with “Update” or “Correction” before it when it is one"),
    "text": gettext_lazy("the summary, or what has changed; shortened where it does not fit"),
    "link": gettext_lazy("the notice’s short link"),
    "reference": gettext_lazy("the notice’s reference"),
    "kind": gettext_lazy("what kind of notice it is"),
}
USUAL = "{headline}\n\n{text}\n\n{link}"
"""The portal's own template, where an account has none."""

_PLACEHOLDER = regex.compile(r"\{([^{}]*)\}")
_EMPTY_LINES = regex.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+\n")


def problems(template: str) -> list[str]:
    """Return in sentences why `template` cannot be used; empty when it can."""
    used = _PLACEHOLDER.findall(template)
    found = [
        _("There is no {%(name)s}. Use %(known)s.") % {"name": name, "known": _known()}
        for name in dict.fromkeys(used)
        if name not in PLACEHOLDERS
    ]
    if regex.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        found.append(_("A brace stands alone. Write placeholders like {headline}."))
    if "headline" not in used:
        # It alone says that a post corrects an earlier one; who was told the wrong thing has to see that.
        found.append(_("Keep {headline}: it also says when a post is an update or a correction."))
    return found


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with `values` by placeholder; nothing inside a value is taken for a placeholder.

    Where a value is empty, the empty lines around it become one.
    """
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)
    return _EMPTY_LINES.sub("\n\n", filled).strip()


def _known() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
