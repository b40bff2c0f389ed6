"""Mails go to the server that is named, encrypted unless it is this machine; to a file where none is."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credence.server.services.people import post
from credence.server.services.people.mails import Letter
from credence.server.settings import Settings

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)
LETTER = Letter("email", "ana@example.org", "Your code", "It is 123456.\n")


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given, and asks for a password if it is to."""

    allow_reuse_address = daemon_threads = True
    kept: list[str]
    extensions: tuple[str, ...] = ()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Mailbox)
        said: list[str] = []
        self._say("220 here")
        for raw in self.rfile:
            line = raw.decode(errors="replace").rstrip("\r\n")
            said.append(line)
            line = line.upper()
            if line.startswith("EHLO"):
                *more, last = "here", *self.server.extensions
                self._say(*(f"250-{one}" for one in more), f"250 {last}")
            elif line == "STARTTLS":
                self._say("454 not now")
            elif line == "DATA":
                self._say("354 go on")
            elif line.startswith("AUTH"):
                self._say("235 welcome")
            elif line == "QUIT":
                self._say("221 bye")
                break
            elif line == "." or line.startswith(("MAIL", "RCPT")):
                self._say("250 good")
        self.server.kept.append("\n".join(said))

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def mailbox(*extensions: str) -> Iterator[Mailbox]:
    with Mailbox(("127.0.0.1", 0), Conversation) as server:
        server.kept, server.extensions = [], extensions
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def port(server: Mailbox) -> int:
    return int(server.server_address[1])


def wait(server: Mailbox) -> str:
    for _ in range(500):
        if server.kept:
            return server.kept[0]
        threading.Event().wait(0.01)
    message = "nothing was kept"
    raise AssertionError(message)


def test_a_mail_goes_to_the_server_with_the_password_that_is_set(tmp_path: Path) -> None:
    with mailbox("AUTH PLAIN") as server:
        settings = Settings(data=tmp_path, smtp=f"smtp://me:p%40ss@127.0.0.1:{port(server)}")
        post.deliver(settings, "mai_1", LETTER, NOW)
        said = wait(server)
    assert "rcpt TO:<ana@example.org>" in said
    assert "AUTH PLAIN AG1lAHBAc3M=" in said
    assert "It is 123456." in said
    assert "Auto-Submitted: auto-generated" in said
    assert not (tmp_path / "mails").exists()


def test_a_text_goes_to_the_gateway_or_to_a_file(tmp_path: Path) -> None:
    text = Letter("phone", "+8613800138000", "Your code", "It is 123456.\n")
    with mailbox() as server:
        smtp = f"smtp://127.0.0.1:{port(server)}"
        settings = Settings(data=tmp_path, smtp=smtp, sms_gateway="{number}@sms.example")
        post.deliver(settings, "mai_1", text, NOW)
        assert "rcpt TO:<8613800138000@sms.example>" in wait(server)
        post.deliver(Settings(data=tmp_path, smtp=smtp), "mai_2", text, NOW)
    assert "To: +8613800138000" in (tmp_path / "mails" / "mai_2.eml").read_text()


def test_a_server_elsewhere_that_does_not_encrypt_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the name differs: what is dialled is the server of this test.
    monkeypatch.setattr(post, "HERE", ())
    with mailbox() as server:
        settings = Settings(data=tmp_path, smtp=f"smtp://127.0.0.1:{port(server)}")
        with pytest.raises(smtplib.SMTPNotSupportedError, match="does not encrypt"):
            post.deliver(settings, "mai_1", LETTER, NOW)
        assert "rcpt" not in wait(server)


def test_a_server_that_speaks_no_tls_is_not_spoken_to_plainly_instead(tmp_path: Path) -> None:
    with mailbox("STARTTLS") as server:
        for scheme in ("smtp", "smtps"):
            settings = Settings(data=tmp_path, smtp=f"{scheme}://127.0.0.1:{port(server)}")
            with pytest.raises(post.FAILED):
                post.deliver(settings, "mai_1", LETTER, NOW)
        assert not any("rcpt" in one for one in server.kept)
