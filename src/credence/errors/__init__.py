"""Every error Credence raises on purpose; each class writes its own sentence from facts.

CredenceError
├── DefinitionError          a definition file has faults (all of them, each with path and line)
├── NotFoundError            something named is not there
│   ├── ScorecardNotFoundError
│   ├── PolicyNotFoundError
│   ├── PersonNotFoundError
│   ├── PersonNotInTableError
│   ├── LogNotFoundError
│   ├── RunNotFoundError
│   └── SourceNotFoundError
├── IntakeError              a file of events or people cannot be read at all
├── LogError                 the event log cannot do what was asked
│   ├── LogExistsError
│   ├── LogFormatError
│   ├── LogBusyError
│   ├── LogUnwritableError
│   ├── LogDamagedError
│   └── BackfillError
├── RunError                 a run cannot be made, or cannot go on
│   ├── HeldBackError
│   ├── RunBusyError
│   ├── RunDamagedError
│   └── RunWrongError
├── MomentError              a date or instant that cannot be understood
├── UsageError               a request that is not complete
├── HypotheticalError        events of a what-if that no furnisher could send
├── BaselineError            nobody whose points could be averaged
├── CutoffMissingError       a baseline at a cut-off without the cut-off
├── PolicyNotValidError      a policy is asked about a day on which it does not hold
├── ContactsBarredError      a live scorecard that looks at what contacts scored
├── DialectError             a scorecard's SQL cannot be written for a database
├── PmmlError                a scorecard that PMML cannot say
├── GateError                a trained scorecard that may not be published (all that is in its way)
├── SparkMissingError        pyspark or Java is not installed
├── SparkError               Spark could not take a run, or not carry it to the end
├── TrainExtraMissingError   the packages of training are not installed
├── CeilingExtraMissingError boosted trees to compare with cannot be grown here
├── TrainingTableError       a table that no scorecard can be learnt from (all of its faults)
├── EngineError              the engine could not carry out a step
└── ServerError              the bureau cannot be run, or cannot do what was asked
    ├── SettingError
    ├── DatabaseMissingError
    ├── DatabaseFailedError
    ├── DatabaseRefusedError
    ├── DatabaseNewerError
    ├── UnavailableError
    ├── ServerExtraMissingError
    ├── BureauRunningError
    └── RequestError         a request to the bureau that is refused
        ├── NotSignedInError
        │   └── InvalidProofError
        ├── TokenRefusedError, RateLimitedError, TooLargeError
        ├── IdempotencyKeyError, KeyReusedError, InFlightError
        ├── IdentifierTakenError, CodeWrongError, SignInFailedError, TooManyTriesError
        ├── RecoveryWaitingError, ErasedError, SignInAgainError, AccountClosedError, LastAdminError
        ├── VersionStandsError, NotADraftError, PolicyRetiredError, TwoPeopleNeededError
        ├── ChangedMeanwhileError, ETagNeededError, AlreadyAnsweredError, UnderReviewError
        ├── LinkWrongError, FormUnknownError
        ├── NotAllowedError, OtherSiteError
        ├── ConsentMissingError, FrozenError, PurposeNotAllowedError
        ├── NoSuchThingError
        ├── InvalidRequestError
        │   └── AmountWrongError
        └── ConflictError
"""

from credence.errors.access import (
    BureauRunningError,
    IdempotencyKeyError,
    InFlightError,
    InvalidProofError,
    KeyReusedError,
    RateLimitedError,
    ServerExtraMissingError,
    TokenRefusedError,
    TooLargeError,
)
from credence.errors.base import (
    CredenceError,
    DefinitionError,
    Fault,
    NotFoundError,
    nearest,
)
from credence.errors.deciding import (
    AlreadyAnsweredError,
    ChangedMeanwhileError,
    ETagNeededError,
    NotADraftError,
    PolicyRetiredError,
    TwoPeopleNeededError,
    UnderReviewError,
    VersionStandsError,
)
from credence.errors.events import (
    BackfillError,
    HypotheticalError,
    IntakeError,
    LogBusyError,
    LogDamagedError,
    LogError,
    LogExistsError,
    LogFormatError,
    LogNotFoundError,
    LogUnwritableError,
    SourceNotFoundError,
)
from credence.errors.furnishing import FormUnknownError, LinkWrongError
from credence.errors.identity import (
    AccountClosedError,
    CodeWrongError,
    ErasedError,
    IdentifierTakenError,
    LastAdminError,
    RecoveryWaitingError,
    SignInAgainError,
    SignInFailedError,
    TooManyTriesError,
)
from credence.errors.reading import ConsentMissingError, FrozenError, PurposeNotAllowedError
from credence.errors.runs import (
    HeldBackError,
    RunBusyError,
    RunDamagedError,
    RunError,
    RunNotFoundError,
    RunWrongError,
)
from credence.errors.scores import (
    BaselineError,
    ContactsBarredError,
    CutoffMissingError,
    DialectError,
    EngineError,
    GateError,
    MomentError,
    PersonNotFoundError,
    PersonNotInTableError,
    PmmlError,
    PolicyNotFoundError,
    PolicyNotValidError,
    ScorecardNotFoundError,
    UsageError,
)
from credence.errors.server import (
    AmountWrongError,
    ConflictError,
    DatabaseFailedError,
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseRefusedError,
    InvalidRequestError,
    NoSuchThingError,
    NotAllowedError,
    NotSignedInError,
    OtherSiteError,
    RequestError,
    ServerError,
    SettingError,
    UnavailableError,
)
from credence.errors.spark import SparkError, SparkMissingError
from credence.errors.training import CeilingExtraMissingError, TrainExtraMissingError, TrainingTableError

__all__ = [
    "AccountClosedError",
    "AlreadyAnsweredError",
    "AmountWrongError",
    "BackfillError",
    "BaselineError",
    "BureauRunningError",
    "CeilingExtraMissingError",
    "ChangedMeanwhileError",
    "CodeWrongError",
    "ConflictError",
    "ConsentMissingError",
    "ContactsBarredError",
    "CredenceError",
    "CutoffMissingError",
    "DatabaseFailedError",
    "DatabaseMissingError",
    "DatabaseNewerError",
    "DatabaseRefusedError",
    "DefinitionError",
    "DialectError",
    "ETagNeededError",
    "EngineError",
    "ErasedError",
    "Fault",
    "FormUnknownError",
    "FrozenError",
    "GateError",
    "HeldBackError",
    "HypotheticalError",
    "IdempotencyKeyError",
    "IdentifierTakenError",
    "InFlightError",
    "IntakeError",
    "InvalidProofError",
    "InvalidRequestError",
    "KeyReusedError",
    "LastAdminError",
    "LinkWrongError",
    "LogBusyError",
    "LogDamagedError",
    "LogError",
    "LogExistsError",
    "LogFormatError",
    "LogNotFoundError",
    "LogUnwritableError",
    "MomentError",
    "NoSuchThingError",
    "NotADraftError",
    "NotAllowedError",
    "NotFoundError",
    "NotSignedInError",
    "OtherSiteError",
    "PersonNotFoundError",
    "PersonNotInTableError",
    "PmmlError",
    "PolicyNotFoundError",
    "PolicyNotValidError",
    "PolicyRetiredError",
    "PurposeNotAllowedError",
    "RateLimitedError",
    "RecoveryWaitingError",
    "RequestError",
    "RunBusyError",
    "RunDamagedError",
    "RunError",
    "RunNotFoundError",
    "RunWrongError",
    "ScorecardNotFoundError",
    "ServerError",
    "ServerExtraMissingError",
    "SettingError",
    "SignInAgainError",
    "SignInFailedError",
    "SourceNotFoundError",
    "SparkError",
    "SparkMissingError",
    "TokenRefusedError",
    "TooLargeError",
    "TooManyTriesError",
    "TrainExtraMissingError",
    "TrainingTableError",
    "TwoPeopleNeededError",
    "UnavailableError",
    "UnderReviewError",
    "UsageError",
    "VersionStandsError",
    "nearest",
]
