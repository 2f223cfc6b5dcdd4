"""Hands composed mails to the mail server over one connection; keeps no state and decides nothing."""

import contextlib
import smtplib
from dataclasses import dataclass, field
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from .errors import NotSent, OutcomeUnknown, Rejected, SendError
from .receipt import Receipt

# An SMTP reply from here on means "never"; below it, "not now" (RFC 5321, 4.2.1).
FOR_GOOD = 500
# "I am going away": the line is dead after it, whatever it was said about (RFC 5321, 3.8).
GOING_AWAY = 421
# Enhanced codes that say the mailbox itself is no more (RFC 3463, 3.2 and 3.3), and all about a mailbox.
_NO_SUCH_MAILBOX = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
_ABOUT_MAILBOX = ("5.1.", "5.2.")


@dataclass(frozen=True)
class Mail:
    """One mail as it will be sent. Its Message-ID comes from `key`: sent twice, it is the same mail."""

    to: str
    subject: str
    text: str
    html: str
    key: str
    reply_to: str = ""
    # Where the mail server reports that it could not be delivered; empty: the usual sender.
    bounces_to: str = ""
    # The address that ends the subscription by POST (RFC 8058); empty for a mail nobody subscribed to.
    leave_url: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def message_id(self) -> str:
        """The mail's name in the world."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return f"<{self.key}@{domain}>"


class Refused(Rejected):
    """The mail server refused this recipient or this mail for good; `reply` is what it said."""

    def __init__(self, code: int, reply: str, *, of_recipient: bool) -> None:
        """Keep what the server said, and whether it was said of the recipient or of the words."""
        super().__init__(_("The mail server refused it (%s).") % code)
        self.code = code
        self.reply = reply
        self._of_recipient = of_recipient

    @property
    def is_mailbox_gone(self) -> bool:
        """Say whether there is no such mailbox, as far as the server's enhanced code says so."""
        return is_mailbox_gone(self._enhanced)

    @property
    def is_about_mailbox(self) -> bool:
        """Say whether it is about this mailbox, and not about us or our words (spam, policy, size)."""
        return self._enhanced.startswith(_ABOUT_MAILBOX) if self._enhanced else self._of_recipient

    @property
    def _enhanced(self) -> str:
        first = self.reply.split(" ", 1)[0]
        return first if first.startswith("5.") else ""


class Deferred(NotSent):
    """The mail server cannot take it for this recipient now; others may go through."""


class _DroppedBefore(Exception):
    """The line was dead before anything of the mail had been handed over."""


class MailServer:
    """One connection to the mail server, opened when first needed and again when it was dropped.

    Use it in a `with` statement. Works with any Django mail backend; only with SMTP can it tell a line that
    was dropped before the mail was handed over (safe to repeat) from one dropped while it was.
    """

    def __init__(self) -> None:
        """Connect to nothing yet."""
        self._connection: Any = None
        self._handed_over = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, mail: Mail) -> Receipt:
        """Hand over one mail and return its Message-ID. Raises one of the five kinds of SendError.

        A line the server has closed since the last mail is opened again, once.
        """
        message = _written(mail)
        was_open = self._connection is not None
        try:
            try:
                self._hand_over(message)
            except _DroppedBefore:
                if not was_open:
                    raise
                self._hand_over(message)
        except _DroppedBefore as dropped:
            raise NotSent(_("The mail server went away before it was handed the mail.")) from dropped
        return Receipt(mail.message_id)

    def close(self) -> None:
        """Say goodbye; a server that is gone already is not told."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        # Every mail was acknowledged by now: nothing is lost with the goodbye.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.close()

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        self._open()
        message.connection = self._connection
        try:
            message.send()
        except ValueError as error:
            # A line break in a header, a letter no server takes: it never becomes a mail.
            raise Rejected(_("It could not be written as a mail.")) from error
        except (smtplib.SMTPException, OSError) as error:
            code = _reply(error)[0]
            if code in (0, GOING_AWAY):
                self.close()
            if code == 0 and not self._handed_over:
                raise _DroppedBefore from error
            raise kind_of(error) from error

    def _open(self) -> None:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as error:
                # Nothing was handed over yet.
                name = type(error).__name__
                raise NotSent(_("The mail server could not be reached: %s.") % name) from error
            self._connection = connection
            self._watch(getattr(connection, "connection", None))
        self._handed_over = not isinstance(getattr(self._connection, "connection", None), smtplib.SMTP)

    def _watch(self, line: Any) -> None:
        """Note when the handing over of a mail begins: from there on its fate may be unknown."""
        if not isinstance(line, smtplib.SMTP):
            return
        hand_over = line.data

        def data(message: Any) -> Any:
            self._handed_over = True
            return hand_over(message)

        line.data = data  # type: ignore[method-assign, assignment]


def _written(mail: Mail) -> EmailMultiAlternatives:
    """Return the mail as Django's message."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers}
    if mail.leave_url:
        headers["List-Unsubscribe"] = f"<{mail.leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.bounces_to:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        from_email=mail.bounces_to or settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def kind_of(error: Exception) -> SendError:
    """Return which of the five kinds of error it is that the mail server raised.

    Only what it says about the recipient or the mail itself is for good: a sender or a password it refuses
    is mended at our end, and then the mail is sent.
    """
    code, words = _reply(error)
    if not code:
        return OutcomeUnknown(_("The mail server went away while it was being handed the mail."))
    of_recipient = isinstance(error, smtplib.SMTPRecipientsRefused)
    is_ours = not of_recipient and not isinstance(error, smtplib.SMTPDataError)
    if code >= FOR_GOOD and not is_ours:
        return Refused(code, words, of_recipient=of_recipient)
    later = _("The mail server asked to try again later (%s).") % code
    return NotSent(later) if is_ours or code == GOING_AWAY else Deferred(later)


def is_mailbox_gone(enhanced: str) -> bool:
    """Say whether an enhanced status code (RFC 3463) means that there is no such mailbox."""
    return enhanced in _NO_SUCH_MAILBOX


def _reply(error: Exception) -> tuple[int, str]:
    """Return the server's reply, its number and words; 0 if it gave none."""
    code, words = 0, b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error  # type: ignore[assignment]
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(words)
