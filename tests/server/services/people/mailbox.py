"""A mail server for tests that keeps what it is given, with TLS where it is told how."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

REPLIES = {
    "DATA": "354 go on",
    "AUTH": "235 welcome",
    "MAIL": "250 good",
    "RCPT": "250 good",
    ".": "250 good",
}
REPLIES |= {"QUIT": "221 bye"}


class Mailbox(socketserver.ThreadingTCPServer):
    """Where mails arrive; `at_once` is whether TLS comes before all else, or when it is asked for."""

    allow_reuse_address = daemon_threads = True
    kept: list[str]
    extensions: tuple[str, ...] = ()
    tls: ssl.SSLContext | None = None
    at_once: bool = False


class Conversation(socketserver.StreamRequestHandler):
    """What is said with one client, kept when it ends."""

    server: Mailbox

    def handle(self) -> None:
        said: list[str] = []
        if self.server.at_once:
            self._encrypt()
        self._say("220 here")
        while raw := self.rfile.readline():
            said.append(raw.decode(errors="replace").rstrip("\r\n"))
            self._answer(said[-1].upper())
            if said[-1].upper() == "QUIT":
                break
        self.server.kept.append("\n".join(said))

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _answer(self, line: str) -> None:
        if line.startswith("EHLO"):
            *more, last = "here", *self.server.extensions
            self._say(*(f"250-{one}" for one in more), f"250 {last}")
        elif line == "STARTTLS":
            self._say("454 not now" if self.server.tls is None else "220 begin")
            if self.server.tls is not None:
                self._encrypt()
        elif line[:4] in REPLIES:
            self._say(REPLIES[line[:4]])

    def _encrypt(self) -> None:
        assert self.server.tls is not None
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def mailbox(*extensions: str) -> Iterator[Mailbox]:
    """A mail server on this machine that offers these extensions."""
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
    """The port on which it listens."""
    return int(server.server_address[1])


def wait(server: Mailbox) -> str:
    """The first conversation that ended."""
    for _ in range(500):
        if server.kept:
            return server.kept[0]
        threading.Event().wait(0.01)
    message = "nothing was kept"
    raise AssertionError(message)
