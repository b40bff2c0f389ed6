"""The sentences of messages and mails in each language, from messages.yaml."""

from dataclasses import dataclass
from importlib.resources import files

from credence.yaml_file import Node, parse, settle

FILE = "messages.yaml"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Text:
    """A text in every language: the subject of a mail, and its sentences."""

    subject: dict[str, str]
    sentence: dict[str, str]


def _read() -> tuple[dict[str, Text], dict[str, Text]]:
    node = parse(files("credence.server.services.people").joinpath(FILE).read_text(encoding="utf-8"), FILE)
    parts = node.keyed(["messages", "mails"])
    messages = {kind: Text({}, _said(one)) for kind, one in parts["messages"].entries().items()}
    mails = {kind: _mail(one) for kind, one in parts["mails"].entries().items()}
    settle(node, FILE)
    return messages, mails


def _mail(node: Node) -> Text:
    parts = node.keyed(["subject", "text"])
    return Text(_said(parts["subject"]), _said(parts["text"]))


def _said(node: Node) -> dict[str, str]:
    return {language: text.text() for language, text in node.keyed(LANGUAGES).items()}


MESSAGES, MAILS = _read()


def alert(kind: str, language: str) -> str:
    """The sentence of a message in the app."""
    return MESSAGES[kind].sentence[language]


def mail(kind: str, language: str, **said: str) -> tuple[str, str]:
    """The subject and the text of a mail."""
    text = MAILS[kind]
    return text.subject[language], text.sentence[language].format(**said)
