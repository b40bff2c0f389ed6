"""How every page looks: one self-contained document, and the colours that pages share."""

from html import escape

LIGHT = "--ink: #1b1b1f; --soft: #5c5f66; --line: #d9d6cf; --paper: #fffdf8; --back: #f1efe9; --good: #1f6fb2"
DARK = "--ink: #ececf0; --soft: #a3a6ad; --line: #3a3b40; --paper: #1d1e21; --back: #131416; --good: #6cb2ee"
# Light or dark, as the reader's system is set.
PALETTE = f"""
:root {{ color-scheme: light dark; {LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}
"""


def document(title: str, style: str, body: str) -> str:
    """A page with its style sheet in it; the title is text, the body is markup."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{style}</style>"
    )
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>\n'
