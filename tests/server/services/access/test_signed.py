"""Only what is signed with ES256 by the key that is named is taken, written as the standards write it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from credence.server.services.access.signed import NotSigned, encoded, public_key, taken_apart

KEY, OTHER = (ECKey.generate_key("P-256", private=True) for _ in range(2))
JWK = {
    name: str(value) for name, value in KEY.as_dict(private=False).items() if name in ("kty", "crv", "x", "y")
}


def made(claims: object = None, key: ECKey = KEY, **header: object) -> str:
    """A compact JWS that another library makes."""
    said = json.dumps({"jti": "1"} if claims is None else claims)
    return jws.serialize_compact({"alg": "ES256"} | header, said, key, ["ES256"])


def test_what_another_library_signs_is_taken_with_its_key_alone() -> None:
    signed = taken_apart(made(typ="dpop+jwt"))
    assert (signed.header["typ"], signed.word("jti")) == ("dpop+jwt", "1")
    signed.check(public_key(JWK))
    with pytest.raises(NotSigned, match="not signed with its key"):
        signed.check(public_key(OTHER.as_dict(private=False)))


def test_a_key_has_the_thumbprint_that_another_library_gives_it() -> None:
    key = public_key(JWK | {"kid": "mine"})
    assert key.thumbprint == KEY.thumbprint()
    assert key.jwk == JWK


def said(header: str) -> str:
    """What looks like a JWS with some header."""
    return ".".join(encoded(part) for part in (header.encode(), b"{}", b"0" * 64))


@given(place=st.integers(0, 400), sign=st.sampled_from("AZaz09-_"))
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_of_it_it_is_refused(place: int, sign: str) -> None:
    text = made()
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    if changed == text:
        return
    # The last sign of a part has bits that stand for nothing.
    try:
        signed = taken_apart(changed)
        same = (signed.text, signed.signature) == (taken_apart(text).text, taken_apart(text).signature)
        assert same or signed.check(public_key(JWK))  # type: ignore[func-returns-value]
    except NotSigned:
        return
    assert same


@pytest.mark.parametrize(
    "text",
    [
        "", "..", "a.b", "a.b.c.d", made() + "=", made().replace(".", " .", 1), "é.é.é", made()[:-4],
        made(["a list"]), made("x" * 9_000), "e30.e30.", made() * 20,
        said("[" * 5_000),
        jws.serialize_compact({"alg": "HS256"}, "{}", OctKey.import_key("k" * 32), ["HS256"]),
        said('{"alg": "ES256", "crit": ["b64"]}'), said('{"alg": "none"}'), said("7"),
    ],
)  # fmt: skip
def test_what_is_no_jws_of_ours_is_refused(text: str) -> None:
    with pytest.raises(NotSigned, match="is no JWS"):
        taken_apart(text)


@pytest.mark.parametrize(
    "jwk",
    [
        None, "key", [], {}, {"kty": "EC"}, KEY.as_dict(private=True), JWK | {"crv": "P-384"},
        JWK | {"x": 7}, JWK | {"x": JWK["x"] + "="}, JWK | {"x": JWK["y"]}, JWK | {"y": "AA"},
        JWK | {"kty": ["EC"]},
        JWK | {"x": "AA" + JWK["x"]}, JWK | {"x": JWK["x"][:-1] + "\n"},
    ],
)  # fmt: skip
def test_what_is_no_public_key_on_p_256_is_refused(jwk: object) -> None:
    with pytest.raises(NotSigned, match="needs a public key"):
        public_key(jwk)
