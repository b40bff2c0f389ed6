"""Where mails go: to a mail server, or into files where there is none."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from credence.events.files import write_whole
from credence.server.services.people.mails import Letter
from credence.server.settings import Settings

FOLDER = "mails"
WAIT = 10
HERE = ("localhost", "127.0.0.1", "::1")
# What a server that does not take a mail now comes with: the mail is tried again.
FAILED = (OSError, smtplib.SMTPException)


def deliver(settings: Settings, mail_id: str, letter: Letter, now: datetime) -> None:
    """Give a letter to the mail server, or write it to a file; it blocks, for ten seconds at most.

    A text to a telephone goes to the gateway's address with the number in it, or to a file.

    Raises:
        OSError, SMTPException: The server did not take it.
    """
    to = letter.to if letter.kind == "email" else settings.sms_gateway.format(number=letter.to.lstrip("+"))
    mail = _message(settings, to or letter.to, letter, now)
    if settings.smtp and to:
        _send(urlsplit(settings.smtp), mail)
    else:
        folder = settings.data / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / f"{mail_id}.eml", mail.as_bytes())


def _message(settings: Settings, to: str, letter: Letter, now: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, to, letter.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _send(server: SplitResult, mail: EmailMessage) -> None:
    host, port = server.hostname or "localhost", server.port or 0
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=WAIT, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(host, port, timeout=WAIT)
    with connection:
        if server.scheme != "smtps":
            _encrypt(connection, host)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(mail)


def _encrypt(connection: smtplib.SMTP, host: str) -> None:
    """Codes and passwords go encrypted over every network; only to this machine itself may they go plain."""
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
    elif host not in HERE:
        message = "the mail server does not encrypt; name one that does, or use smtps://"
        raise smtplib.SMTPNotSupportedError(message)
