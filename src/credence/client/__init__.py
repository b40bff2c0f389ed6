"""A thin client of a bureau, for partners and furnishers: what is asked is sent, what is refused is raised.

    with Client("https://bureau.example", SandboxKey("test_...")) as bureau:
        bureau.ask(person="per_...", purpose="rental_deposit", scorecard="everyday", at_least=650)

It needs the extra `server`, for its HTTP client and its signatures.
"""

from credence.client.bureau import Client
from credence.client.problems import NotReachedError, ProblemError
from credence.client.signing import SandboxKey, SigningKey, new_key

__all__ = ["Client", "NotReachedError", "ProblemError", "SandboxKey", "SigningKey", "new_key"]
