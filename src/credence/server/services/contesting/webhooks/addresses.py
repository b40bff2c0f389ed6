"""Where webhooks may go: never into the bureau's own network; the address that was checked is used."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import SOCK_STREAM, gaierror
from urllib.parse import SplitResult, urlsplit

from credence.errors import InvalidRequestError

Address = IPv4Address | IPv6Address
LONGEST = 500
# IPv4 in IPv6, of which the inner address is looked at.
TRANSLATED = ip_network("64:ff9b::/96")


class AddressRefusedError(Exception):
    """A host has no address, or one to which webhooks do not go."""


def checked(url: str, *, private: bool) -> SplitResult:
    """The parts of a URL to which webhooks may go, as far as can be said without asking for its address.

    Args:
        url: The URL.
        private: Whether it may be plain http, and lie in a private network.

    Raises:
        InvalidRequestError: It may not be.
    """
    why = _fault(url, private=private)
    if why:
        raise InvalidRequestError(why, {"/url": why})
    return urlsplit(url)


def _fault(url: str, *, private: bool) -> str:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        return f"The URL must have at most {LONGEST} plain signs."
    try:
        parts = urlsplit(url)
        return _fault_of(parts, parts.port, private=private)
    except ValueError:
        return "This is no URL."


def _fault_of(parts: SplitResult, port: int | None, *, private: bool) -> str:
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        return "The URL must begin with https://."
    if not parts.hostname or port == 0 or parts.username is not None or parts.fragment:
        return "The URL must name a host, and have neither a user nor a fragment."
    try:
        literal = ip_address(parts.hostname)
    except ValueError:
        return ""
    return "" if private or is_public(literal) else f"{literal} is a private address."


def is_public(address: Address) -> bool:
    """Whether an address lies in the open internet."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


async def resolve(host: str, port: int, *, private: bool) -> str:
    """The address of a host, to be used instead of its name; one that is private refuses the host.

    Raises:
        AddressRefusedError: It has none, or is (also) a private one.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    except (gaierror, UnicodeError):
        message = "its host has no address"
        raise AddressRefusedError(message) from None
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not private and not all(is_public(ip_address(address)) for address in addresses):
        message = "its host has a private address"
        raise AddressRefusedError(message)
    return addresses[0]
