"""Runs headless Chromium, which can reach nothing but this machine, and axe-core inside its pages."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from .parts import NODE_MODULES, PDS, PartMissing, chromium_program, why_missing

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    # Any other name is unknown to it: no request can leave this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# The levels the accessibility statement promises: WCAG 2.2 A and AA.
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Give a running browser. Raises PartMissing."""
    executable = chromium_program()
    # Chromium's own sandbox does not work for root.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]
    # Playwright keeps an event loop in this thread; Django would take every query for a mistake.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
            try:
                yield chromium
            finally:
                chromium.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def axe_faults(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page, one line per element. Raises PartMissing."""
    source = NODE_MODULES / "axe-core" / "axe.min.js"
    if not source.exists():
        raise PartMissing(why_missing(PDS, "axe-core is not installed"))
    page.evaluate(source.read_text())
    options = {"runOnly": {"type": "tag", "values": list(AXE_RULES)}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {' '.join(map(str, node['target']))}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
