"""Events: when they come back, which dates are coming, and how they reach people's own calendars."""
