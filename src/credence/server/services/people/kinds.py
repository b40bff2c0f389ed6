"""What people are known by: phone numbers, mail addresses, and documents with their check digits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from unicodedata import normalize

from stdnum.exceptions import ValidationError

from credence.errors import InvalidRequestError

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
# Before the sign: atoms with dots between them (RFC 5321). After it: labels of a domain, as DNS has them.
ATOM, LABEL = r"[^@\s.,:;<>()\[\]\"\\“”]+", r"[^\W_](?:[\w-]{0,61}[^\W_])?"
MAIL = re.compile(rf"(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+{LABEL}")
MAIL_LONGEST = 254
VALUE_LONGEST = 254

# A new kind of document is an entry here: the module of python-stdnum that knows its digits, and its title.
DOCUMENTS = {
    "ar.dni": "Argentina: DNI", "be.nn": "Belgium: national number", "br.cpf": "Brazil: CPF",
    "ca.sin": "Canada: social insurance number", "ch.ssn": "Switzerland: social security number",
    "cl.rut": "Chile: RUT", "cn.ric": "China: resident identity card number (居民身份证)",
    "de.idnr": "Germany: tax identification number", "dk.cpr": "Denmark: CPR", "es.dni": "Spain: DNI",
    "es.nie": "Spain: NIE", "fi.hetu": "Finland: personal identity code", "fr.nir": "France: NIR",
    "id.nik": "Indonesia: NIK", "in.aadhaar": "India: Aadhaar", "it.codicefiscale": "Italy: codice fiscale",
    "kr.rrn": "South Korea: resident registration number", "mx.curp": "Mexico: CURP",
    "my.nric": "Malaysia: NRIC", "nl.bsn": "Netherlands: BSN", "no.fodselsnummer": "Norway: birth number",
    "pk.cnic": "Pakistan: CNIC", "pl.pesel": "Poland: PESEL", "ro.cnp": "Romania: CNP",
    "se.personnummer": "Sweden: personal number",
    "th.pin": "Thailand: personal identification number", "tr.tckimlik": "Turkey: identification number",
    "us.itin": "United States: ITIN", "us.ssn": "United States: social security number",
    "za.idnr": "South Africa: ID number",
}  # fmt: skip
# Countries whose code is a word of Python have a module with another name.
MODULES = {"in.aadhaar": "in_.aadhaar"}


@dataclass(frozen=True)
class Identifier:
    """What somebody is known by: the kind, and the value in its one normal form."""

    kind: str
    value: str

    @property
    def is_contact(self) -> bool:
        """Whether a code can be sent there."""
        return self.kind in CONTACTS


def identifier(kind: str, value: str, pointer: str = "/value") -> Identifier:
    """An identifier as somebody wrote it, in its normal form.

    Args:
        kind: `phone`, `email` or a document of `DOCUMENTS`.
        value: As it was written.
        pointer: Where in the request it was.

    Raises:
        InvalidRequestError: There is no such kind, or a value like this is none of it.
    """
    if kind not in KINDS:
        why = f"'{kind[:40]}' is no kind of identifier. Kinds are: {', '.join(sorted(KINDS))}."
        raise InvalidRequestError(why, {pointer: why})
    normal = KINDS[kind](value.strip()[:VALUE_LONGEST])
    if normal is None:
        # Never the value itself: what is refused may be somebody's number, and errors are logged.
        why = f"This is no {KIND_TITLES[kind]}: look for a digit that is wrong, missing or too many."
        raise InvalidRequestError(why, {pointer: why})
    return Identifier(kind, normal)


def _phone(value: str) -> str | None:
    digits = re.sub(r"[\s().-]", "", normalize("NFKC", value))
    return digits if PHONE.fullmatch(digits) else None


def _mail(value: str) -> str | None:
    # One address has one form: composed signs, those of full width as plain ones, and small letters, as two
    # that differ in capitals alone are one person's nearly everywhere.
    lower = normalize("NFKC", normalize("NFKC", value).lower())
    return lower if MAIL.fullmatch(lower) and len(lower) <= MAIL_LONGEST and lower.isprintable() else None


def _document(kind: str) -> Callable[[str], str | None]:
    def normal(value: str) -> str | None:
        module = import_module(f"stdnum.{MODULES.get(kind, kind)}")
        try:
            return str(module.validate(normalize("NFKC", value))).upper()
        except ValidationError:
            return None

    return normal


CONTACTS: dict[str, Callable[[str], str | None]] = {"phone": _phone, "email": _mail}
KINDS = CONTACTS | {kind: _document(kind) for kind in DOCUMENTS}
KIND_TITLES = {"phone": "telephone number like +8613800138000", "email": "mail address"} | DOCUMENTS
