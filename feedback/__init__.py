"""Questions, answers, feedback, moderation and the councillors' view."""
