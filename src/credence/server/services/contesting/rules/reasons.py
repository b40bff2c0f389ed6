"""Why something is contested: a closed list, in words of our own, with the codes that bureaus exchange."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """What a person says is wrong; `code` is the number other bureaus know it by, where there is one."""

    title: str
    code: str | None = None


# Why nothing is looked into, where the law allows that (the United States: 15 U.S.C. 1681i (a) (3)).
FRIVOLOUS = {
    "not_enough": "What you sent is not enough to look into it.",
    "same_again": "It says the same as a dispute of yours that was decided, and nothing new.",
}
# Why a look at somebody's scores is contested: said by one press, so it stands in no list to choose from.
NOT_ME = "not_me"
REASONS = {
    "not_mine": Reason("This is not mine", "001"),
    "identity_fraud": Reason("Somebody used my name for this", "103"),
    "account_takeover": Reason("Somebody took over my account", "104"),
    "history": Reason("What was paid, or when, is wrong", "106"),
    "inaccurate": Reason("Something else about it is wrong", "112"),
    "dates": Reason("A date is wrong", "114"),
    "first_delinquency": Reason("The first day of the delay is wrong", "115"),
    "amount": Reason("An amount is wrong", "118"),
    "paid": Reason("I have paid, and it does not say so"),
    "too_old": Reason("This is too old to be told"),
}
EVERY = {**REASONS, NOT_ME: Reason("Somebody looked, and it was not me")}
