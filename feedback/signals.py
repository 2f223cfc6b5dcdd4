"""The one moment other parts of this room may follow."""

from django.dispatch import Signal

# kwargs: letter. Sent by letters.write after the commit that keeps the row.
letter_written = Signal()
