"""What can go wrong with policies, decisions, reviews and offers."""

from credence.errors.server import RequestError


class VersionStandsError(RequestError):
    """A version of a definition is there already; it is never written over."""

    code = "version_stands"
    status = 409

    def __init__(self, named: str) -> None:
        """Name it."""
        super().__init__(f"'{named}' is there already, and stays as it is. Send it with the next version.")


class NotADraftError(RequestError):
    """A definition that is published or retired cannot be changed or proposed."""

    code = "not_a_draft"
    status = 409

    def __init__(self, named: str, state: str) -> None:
        """Say what it is."""
        super().__init__(f"'{named}' is {state}. Send another version of it.")


class PolicyRetiredError(RequestError):
    """A policy is not, or no more, decided by."""

    code = "policy_not_in_force"
    status = 409

    def __init__(self, named: str, state: str) -> None:
        """Say what it is."""
        why = "nothing is decided by it" if state == "retired" else "two operators must publish it first"
        super().__init__(f"The policy '{named}' is {state}: {why}.")


class ChangedMeanwhileError(RequestError):
    """Something was changed since it was read."""

    code = "changed_meanwhile"
    status = 412

    def __init__(self, etag: str) -> None:
        """Say what it is now."""
        super().__init__(f"It was changed since you read it: its ETag is now {etag}. Read it again first.")


class ETagNeededError(RequestError):
    """What is written over must have been read."""

    code = "etag_needed"
    status = 428

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__("Send the ETag of what you read in the header If-Match, so that nothing is lost.")


class TwoPeopleNeededError(RequestError):
    """Whoever proposed something approves it, too."""

    code = "two_people_needed"
    status = 403

    def __init__(self) -> None:
        """Say who may."""
        super().__init__("You proposed this yourself. Somebody else looks at it and approves it.")


class AlreadyAnsweredError(RequestError):
    """Something that was answered is answered again."""

    code = "already_answered"
    status = 409

    def __init__(self, what: str) -> None:
        """Say that the answer stands."""
        super().__init__(f"The {what} was answered already; its answer stands.")


class UnderReviewError(RequestError):
    """A review is asked for that somebody is at already."""

    code = "under_review"
    status = 409

    def __init__(self, due_on: str) -> None:
        """Say until when there will be an answer."""
        super().__init__(f"Somebody is looking at this decision already, and will answer by {due_on}.")
