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
├── SparkMissingError        pyspark or Java is not installed
├── SparkError               Spark could not take a run, or not carry it to the end
└── EngineError              the engine could not carry out a step
"""

from credence.errors.base import (
    CredenceError,
    DefinitionError,
    Fault,
    NotFoundError,
    nearest,
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
    SourceNotFoundError,
)
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
    MomentError,
    PersonNotFoundError,
    PersonNotInTableError,
    PmmlError,
    PolicyNotFoundError,
    PolicyNotValidError,
    ScorecardNotFoundError,
    UsageError,
)
from credence.errors.spark import SparkError, SparkMissingError

__all__ = [
    "BackfillError",
    "BaselineError",
    "ContactsBarredError",
    "CredenceError",
    "CutoffMissingError",
    "DefinitionError",
    "DialectError",
    "EngineError",
    "Fault",
    "HeldBackError",
    "HypotheticalError",
    "IntakeError",
    "LogBusyError",
    "LogDamagedError",
    "LogError",
    "LogExistsError",
    "LogFormatError",
    "LogNotFoundError",
    "MomentError",
    "NotFoundError",
    "PersonNotFoundError",
    "PersonNotInTableError",
    "PmmlError",
    "PolicyNotFoundError",
    "PolicyNotValidError",
    "RunBusyError",
    "RunDamagedError",
    "RunError",
    "RunNotFoundError",
    "RunWrongError",
    "ScorecardNotFoundError",
    "SourceNotFoundError",
    "SparkError",
    "SparkMissingError",
    "UsageError",
    "nearest",
]
