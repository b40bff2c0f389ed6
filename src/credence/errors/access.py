"""What can go wrong at the bureau's door: keys, proofs, rates, requests sent twice, and running it."""

from pathlib import Path

from credence.errors.server import NotSignedInError, RequestError, ServerError


class ServerExtraMissingError(ServerError):
    """The packages of the bureau are not installed."""

    code = "server_extra_missing"

    def __init__(self, package: str) -> None:
        """Name one of them, and what to do."""
        super().__init__(
            f"The bureau needs packages that are not installed ('{package}' is one). "
            "Install them with: pip install 'credence[server]'"
        )


class BureauRunningError(ServerError):
    """Another process serves the same folder."""

    code = "bureau_running"

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(f"A bureau is running over {folder} already. Stop it first, or name another folder.")


class InvalidProofError(NotSignedInError):
    """A DPoP proof is missing, or does not prove what it must."""

    code = "invalid_dpop_proof"

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(f"The DPoP proof {why}.")
        self.headers = {"WWW-Authenticate": 'DPoP error="invalid_dpop_proof", algs="ES256"'}


class TokenRefusedError(RequestError):
    """A token is not given; `error` is one of OAuth 2's codes."""

    code = "token_refused"

    def __init__(self, error: str, why: str) -> None:
        """Say why."""
        self.error = error
        self.status = 401 if error == "invalid_client" else 400
        super().__init__(why)


class RateLimitedError(RequestError):
    """More requests than are allowed."""

    code = "rate_limited"
    status = 429

    def __init__(self, a_minute: int, seconds: int) -> None:
        """Say how many are allowed, and when to try again."""
        self.headers = {"Retry-After": str(seconds)}
        super().__init__(f"At most {a_minute:,} requests a minute are taken. Try again in {seconds} s.")


class IdempotencyKeyError(RequestError):
    """A request that changes something comes without an Idempotency-Key, or with one that cannot be."""

    code = "idempotency_key_missing"

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__(
            "Send an Idempotency-Key of 1 to 255 visible signs, another for each thing that you want "
            "done, and the same one when you try again."
        )


class KeyReusedError(RequestError):
    """An Idempotency-Key comes a second time with another request."""

    code = "idempotency_key_reused"
    status = 422

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This Idempotency-Key came with another request before. Send a new one.")


class InFlightError(RequestError):
    """The same request is being carried out right now."""

    code = "in_flight"
    status = 409

    def __init__(self) -> None:
        """Say what to do."""
        self.headers = {"Retry-After": "1"}
        super().__init__("The request with this Idempotency-Key is being carried out. Try again in a second.")


class TooLargeError(RequestError):
    """A body is larger than is taken."""

    code = "too_large"
    status = 413

    def __init__(self, bytes_most: int) -> None:
        """Say how large it may be."""
        super().__init__(f"A body may have {bytes_most:,} bytes at most here. Send it in parts.")
