"""The two moments other rooms may follow; receivers run inside the transaction and only write rows."""

from django.dispatch import Signal

# kwargs: edition. Sent by workflow.perform when an edition becomes live.
notice_published = Signal()

# kwargs: notice. Sent by workflow.perform when a notice is withdrawn.
notice_withdrawn = Signal()
