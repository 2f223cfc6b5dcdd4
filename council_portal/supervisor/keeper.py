"""Keeps the parts running: starts them, brings back what died, stops them in order."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

from django.utils.translation import gettext as _

from .leashed import Leashed
from .parts import Part

# A part that lived this long was well; the next death is a new accident (seconds).
WELL_AFTER = 10
LONGEST_WAIT = 30.0
TELL_LOG_AFTER = 4
LOG_LIMIT = 5 * 1024 * 1024
SHOWN_LINES = 8


class Kept:
    """One part with its process, its log, and how often it died soon after its start."""

    def __init__(self, part: Part, env: Mapping[str, str], logs: Path) -> None:
        """Remember the part and where its log is; start nothing."""
        self.part, self.env = part, env
        self.log = logs / f"{part.name}.log"
        self.running: Leashed | None = None
        self.started_at = self.start_again_at = 0.0
        self.quick_deaths = 0

    def start(self) -> None:
        """Start the program; its output is added to its log."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.running = Leashed(self.part.command, self.env, output)
        self.started_at = time.monotonic()

    def died(self) -> int | None:
        """Return the exit code if the program has died since it was last asked; plan the next start."""
        code = self.running.ended() if self.running else None
        if code is None:
            return None
        self.running = None
        lived = time.monotonic() - self.started_at
        self.quick_deaths = self.quick_deaths + 1 if lived < WELL_AFTER else 0
        self.start_again_at = time.monotonic() + self.wait()
        return code

    def wait(self) -> float:
        """Return how long to wait before the next start (seconds): twice as long after each quick death."""
        return min(LONGEST_WAIT, 0.5 * 2 ** (self.quick_deaths - 1)) if self.quick_deaths else 0.0

    def is_due(self) -> bool:
        """Return whether it is time to start the program again."""
        return self.running is None and time.monotonic() >= self.start_again_at

    def last_words(self) -> list[str]:
        """Return the end of the log."""
        return self.log.read_text(errors="replace").splitlines()[-SHOWN_LINES:]


class Keeper:
    """All parts of one run; `say` prints one line to the person at the terminal."""

    def __init__(self, logs: Path, say: Callable[[str], None], stopping: Event) -> None:
        """Begin with no part; `stopping` is set by whoever ends the run."""
        logs.mkdir(parents=True, exist_ok=True)
        self.logs, self.say, self.stopping = logs, say, stopping
        self.kept: list[Kept] = []

    def start(self, part: Part, env: Mapping[str, str]) -> None:
        """Start a part and keep it running from now on."""
        kept = Kept(part, env, self.logs)
        kept.start()
        self.kept.append(kept)

    def wait_until_ready(self, part: Part, seconds: float = 60) -> bool:
        """Look after all parts until one is ready; False when it is not in time or the run is stopping."""
        deadline = time.monotonic() + seconds
        while not self.stopping.is_set() and time.monotonic() < deadline:
            if part.is_ready():
                return True
            self.look_after()
            self.stopping.wait(0.1)
        return False

    def look_after(self) -> None:
        """Bring back what died."""
        for kept in self.kept:
            code = kept.died()
            if code is not None:
                self._tell(kept, code)
            if kept.is_due():
                kept.start()

    def stop(self, patience: float, hurry: Callable[[], bool]) -> None:
        """Stop everything: the broker last, for the others still speak to it; kill what does not stop."""
        others = [kept for kept in self.kept if kept.part.name != "broker"]
        self._stop(others, patience, hurry)
        self._stop([kept for kept in self.kept if kept not in others], patience, hurry)

    def _stop(self, some: list[Kept], patience: float, hurry: Callable[[], bool]) -> None:
        running = [kept.running for kept in some if kept.running]
        for program in running:
            program.ask_to_stop()
        deadline = time.monotonic() + patience
        while any(program.ended() is None for program in running):
            if time.monotonic() > deadline or hurry():
                break
            time.sleep(0.05)
        for program in running:
            program.kill()

    def _tell(self, kept: Kept, code: int) -> None:
        values = {"part": kept.part.name, "how": _how(code), "seconds": f"{kept.wait():g}"}
        if kept.wait():
            self.say(_("%(part)s stopped (%(how)s); starting it again in %(seconds)s s.") % values)
        else:
            self.say(_("%(part)s stopped (%(how)s); starting it again.") % values)
        if kept.quick_deaths >= TELL_LOG_AFTER:
            self.say(_("It keeps stopping. The end of %(log)s:") % {"log": kept.log})
            for line in kept.last_words():
                self.say(f"  {kept.part.name}: {line}")


def _how(code: int) -> str:
    """Say how a program ended; 128 + n means the signal n."""
    if code > 128:  # noqa: PLR2004
        return _("signal %(number)d") % {"number": code - 128}
    return _("exit code %(number)d") % {"number": code}
