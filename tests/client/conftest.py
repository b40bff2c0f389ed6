"""The same databases as the tests of the server."""

from tests.server.conftest import database, folder, postgres

__all__ = ["database", "folder", "postgres"]
