"""Webhooks leave the house: no private address, however it is written, and none that a name leads to."""

import asyncio
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import InvalidRequestError
from credence.server.services.contesting.webhooks.addresses import (
    AddressRefusedError,
    checked,
    is_public,
    resolve,
)

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.1", "224.0.0.1",
    "100.64.0.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::",
    "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_however_it_is_written(address: str) -> None:
    assert not is_public(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(InvalidRequestError, match="private address"):
        checked(f"https://{host}/hooks", private=False)
    assert checked(f"https://{host}/hooks", private=True).hostname == address


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_an_address_of_the_open_internet_is_none_of_them(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https://user:word@example.org/",
        "https://example.org/#part", "https://example.org:0/", "https://example.org:99999/", "https://[::1/",
        "https://example.org/ a", "https://ex\u00e4mple.org/", "nothing", f"https://example.org/{'a' * 500}",
    ],
)  # fmt: skip
def test_a_url_that_cannot_be_an_endpoint_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        checked(url, private=False)
    assert refused.value.pointers["/url"].endswith(".")


@given(st.text(max_size=40))
def test_whatever_is_sent_as_a_url_is_taken_or_refused(text: str) -> None:
    try:
        assert checked(f"https://{text}", private=False).hostname
    except InvalidRequestError as refused:
        assert refused.pointers.keys() == {"/url"}  # noqa: PT017 - taken is as well


def test_a_name_that_leads_into_the_own_network_is_refused_unless_that_is_allowed() -> None:
    async def work() -> None:
        with pytest.raises(AddressRefusedError, match="private"):
            await resolve("localhost", 80, private=False)
        assert ip_address(await resolve("localhost", 80, private=True)).is_loopback
        assert await resolve("8.8.8.8", 443, private=False) == "8.8.8.8"
        with pytest.raises(AddressRefusedError, match="no address"):
            await resolve("nowhere.invalid", 80, private=True)

    asyncio.run(work())
