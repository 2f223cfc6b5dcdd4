"""Learns the weights that tell advertising from comments; must not measure them (bench/spam.py does)."""

from typing import Any

from django.core.management.base import BaseCommand

from feedback.suspicion import classifier, training


class Command(BaseCommand):
    """Train the classifier of advertising from the texts that come with the portal."""

    help = "Learn the weights of feedback/suspicion from its data; the same data give the same file."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write data/weights.json and say what it was made of."""
        known = training.training_texts()
        training.train()
        spam = sum(text.is_spam for text in known)
        self.stdout.write(
            f"Learnt from {len(known) - spam} comments and {spam} advertisements: {classifier.WEIGHTS.name}."
        )
