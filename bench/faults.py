"""Publishes notices to every platform while workers die, answers are lost and the broker restarts."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from ._scratch import portal

if TYPE_CHECKING:
    from tests.social.crash.faults import Report

SIZES = (100,)
"""What docs/deliveries.md reports is `python -m bench faults 500`."""
RESTARTS = 10
HEADS = ("platform", "notices", "there", "twice", "looked for", "settled alone", "with a person", "lost")


def main(sizes: Sequence[int] = SIZES) -> None:
    """Run it on a PostgreSQL and a Valkey of its own and print one table; exits 1 if it broke a promise."""
    from tests.real.parts import PartMissing

    try:
        report = _report(sizes[0])
    except PartMissing as reason:
        # `make setup-tests` fetches the servers; the other measurements do without them.
        print(f"Not measured: {reason}. `make setup-tests` fetches what is lacking.")
        return
    _print(report)
    kept = all(
        not tally.twice
        and tally.notices - tally.there == tally.with_person
        and tally.there_at_the_end == tally.notices
        for tally in report.tallies
    )
    if not kept:
        raise SystemExit("\nA post is lost, or stands there twice.")


def _report(notices: int) -> "Report":
    from tests.real import postgres, valkey

    with ExitStack() as stack:
        database, broker = stack.enter_context(postgres.server()), stack.enter_context(valkey.server())
        stack.enter_context(portal(database))
        from tests.factories import Cast
        from tests.social.crash import faults, sides

        team = Cast.make().team
        servers = stack.enter_context(sides.running())
        connected = stack.enter_context(sides.connected(team, servers))
        return faults.run(notices, connected, team, broker, restarts=RESTARTS)


def _print(report: "Report") -> None:
    kills = ", ".join(f"{number} × {what}" for what, number in sorted(report.kills.items()))
    spoilt = sum(tally.spoilt for tally in report.tallies)
    print(f"{report.seconds:.0f} seconds. Killed: {kills}. Broker restarted: {report.restarts} times.")
    print(f"Answers lost or cut: {spoilt}.\n")
    print("".join(f"{head:>15}" for head in HEADS))
    for tally in report.tallies:
        numbers = (
            tally.notices.total(),
            tally.there.total(),
            tally.twice,
            tally.looked_for,
            tally.settled_alone,
            tally.with_person.total(),
            tally.lost,
        )
        print("".join(f"{each:>15}" for each in (tally.platform, *numbers)))
    at_the_end = sum(tally.there_at_the_end.total() for tally in report.tallies)
    print(f"\nWhen a person had decided about what was left to them, {at_the_end:,} posts stood there.")
