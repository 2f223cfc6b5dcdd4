"""Installs what the portal needs into the run's own folder; must not need anything but Python itself."""

import sys

import environment
import real_parts


def main(arguments: list[str]) -> int:
    """Prepare the virtual environment, and with --tests the real parts of the tests; 0 when ready."""
    for_tests = "--tests" in arguments
    try:
        environment.prepare(for_developers=for_tests or "--dev" in arguments)
    except environment.SetupFailed as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the command again to go on.", file=sys.stderr)
        return 130
    if for_tests:
        real_parts.prepare()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
