"""Mails go to the server that is named, encrypted unless it is this machine; to a file where none is."""

import re
import smtplib
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from credence.server.jobs.people import send_mails
from credence.server.services.people import post
from credence.server.services.people.mails import Letter
from credence.server.settings import Settings, read_settings
from tests.server.harness import bureau, run
from tests.server.people import number
from tests.server.services.people.mailbox import mailbox, port, wait

NOW = datetime(2026, 11, 6, 9, tzinfo=UTC)
LETTER = Letter("email", "ana@example.org", "Your code", "It is 123456.\n")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server of this machine shows, and this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "here")])
    place = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    today, day = datetime.now(UTC), timedelta(days=1)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, today - day, today + day)
    shown = built.add_extension(place, critical=False).sign(key, hashes.SHA256())
    own, form = tmp_path / "own.pem", serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    own.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()) + shown.public_bytes(pem))
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own)
    return tls


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


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_what_goes_to_a_server_that_encrypts_is_encrypted_before_anything_is_said(
    tmp_path: Path, certificate: ssl.SSLContext, scheme: str
) -> None:
    with mailbox("AUTH PLAIN", "STARTTLS") as server:
        server.tls, server.at_once = certificate, scheme == "smtps"
        place = f"{scheme}://me:word@127.0.0.1:{port(server)}"
        post.deliver(
            read_settings({"CREDENCE_SMTP": place, "CREDENCE_MAIL_FROM": "bureau@example.org"}),
            "mai_1",
            LETTER,
            NOW,
        )
        said = wait(server).splitlines()
    plain = said.index("STARTTLS") if scheme == "smtp" else 0
    assert said.index("AUTH PLAIN AG1lAHdvcmQ=") > plain
    assert "From: bureau@example.org" in said
    assert "It is 123456." in said


def test_somebody_enrols_with_the_code_that_the_mail_server_was_given(database: str, folder: Path) -> None:
    async def work() -> None:
        with mailbox() as server:
            async with bureau(database, folder, smtp=f"smtp://127.0.0.1:{port(server)}") as here:
                contact = {"kind": "email", "value": "Ana@example.org"}
                await here.client.post("/v1/enrolments", json={"contact": contact, "language": "zh"})
                assert await send_mails(here.state, here.clock()) == 1
                said = message_from_string(wait(server).split("\ndata\n")[1], policy=policy.default)
                assert said["Subject"] == "您的验证码"
                found = re.search(r"[0-9]{6}", said.get_content())
                assert found is not None
                document = {"kind": "cn.ric", "value": number()}
                new = {"contact": contact, "code": found[0], "document": document, "agreed": True}
                assert (await here.client.post("/v1/people", json=new)).status_code == 201
        assert not (folder / "mails").exists()

    run(work())


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
