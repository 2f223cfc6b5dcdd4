"""Runs the whole portal for a first look: broker, web, worker and beat, until Ctrl-C."""

import os
import signal
import sys
import time
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from council_portal.supervisor import broker, claims, parts
from council_portal.supervisor.keeper import Keeper
from council_portal.supervisor.leashed import Leashed

# What a worker may take to finish its task after Ctrl-C; the sweeper looks after what it could not (seconds).
PATIENCE = 10


class Command(BaseCommand):
    """One process that starts the others, brings back what dies, and takes them all with it."""

    help = "Run web, worker, beat and broker together. PORT, HOST, DATABASE_URL and REDIS_URL are read."
    # prepare_portal checks, with the environment of the run.
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until told to stop; a reason not to start is one sentence and exit code 1."""
        self.stopping, self.signals = Event(), 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            self._run()
        except claims.CannotStart as reason:
            self.stderr.write(str(reason))
            sys.exit(1)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.signals += 1
        self.stopping.set()

    def _run(self) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), claims.port_number(os.environ.get("PORT", "8000"))
        address = os.environ.get("PORTAL_URL", f"http://localhost:{port}").rstrip("/")
        folder = Path(settings.VAR_DIR) / "run"
        lock = claims.claim_folder(folder, f"{address}/")
        claims.check_port_is_free(host, port)
        chosen = broker.choose(os.environ.get("REDIS_URL", ""), folder)
        env = {**os.environ, "REDIS_URL": chosen.url, "PORT": str(port), "PORTAL_URL": address}
        keeper = Keeper(Path(settings.VAR_DIR) / "log", self._say, self.stopping)
        try:
            self._start(keeper, chosen, env, host, port)
            while not self.stopping.wait(0.2):
                keeper.look_after()
        finally:
            self._say(_("Stopping …"))
            keeper.stop(PATIENCE, lambda: self.signals > 1)
            chosen.clear_up()
            os.close(lock)
        self._say(_("Everything has stopped."))

    def _start(
        self, keeper: Keeper, chosen: broker.Broker, env: dict[str, str], host: str, port: int
    ) -> None:
        """Start the parts one after the other; return early when told to stop."""
        for part in parts.broker_part(chosen):
            keeper.start(part, env)
            if not keeper.wait_until_ready(part, seconds=15) and not self.stopping.is_set():
                raise claims.CannotStart(
                    _("The broker does not start: see %(log)s.") % {"log": keeper.logs / "broker.log"}
                )
        if not self._prepare(env):
            return
        web = parts.web_part(host, port)
        for part in (web, parts.worker_part(), parts.beat_part(Path(settings.VAR_DIR) / "run")):
            keeper.start(part, env)
        self._say(_("Starting web, worker and beat …"))
        if keeper.wait_until_ready(web):
            self._welcome(env["PORTAL_URL"], keeper.logs)
        elif not self.stopping.is_set():
            self._say(
                _("The web server does not answer yet: see %(log)s.") % {"log": keeper.logs / "web.log"}
            )

    def _prepare(self, env: dict[str, str]) -> bool:
        """Migrate and fill the database; False when told to stop meanwhile. Raises CannotStart."""
        step = Leashed((sys.executable, "manage.py", "prepare_portal"), env)
        while (code := step.ended()) is None:
            if self.stopping.is_set():
                step.kill()
                return False
            time.sleep(0.05)
        if code:
            raise claims.CannotStart(_("The portal was not started: the reason stands above."))
        return True

    def _welcome(self, address: str, logs: Path) -> None:
        self._say("")
        self._say(_("The portal is running at %(address)s/") % {"address": address})
        self._say(_("Staff sign in at         %(address)s/staff/") % {"address": address})
        self._say(_("Stop it with Ctrl-C. Logs are in %(logs)s.") % {"logs": logs})

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
