"""What machines read of the notices: Atom, and alerts in the Common Alerting Protocol (CAP 1.2)."""
