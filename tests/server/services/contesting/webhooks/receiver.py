"""A receiver of webhooks that fails on a script."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CLOSED = 0


@dataclass
class Receiver:
    """What is answered, one after another (then 204), and what came: headers and the body."""

    url: str = ""
    script: list[int] = field(default_factory=list)
    came: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, and answer as the script says; 0 hangs up."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        self.came.append((headers, body.decode()))
        status = self.script.pop(0) if self.script else 204
        if status != CLOSED:
            more = f"Location: {self.url}\r\n" if status in range(300, 400) else ""
            writer.write(
                f"HTTP/1.1 {status} x\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
            )
            await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def receiver(*script: int) -> AsyncIterator[Receiver]:
    """A receiver while it is needed."""
    found = Receiver(script=list(script))
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.url = f"http://localhost:{server.sockets[0].getsockname()[1]}/hooks?a=b"
    async with server:
        yield found
