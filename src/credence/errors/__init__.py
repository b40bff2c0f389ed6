"""Every error Credence raises on purpose; each class writes its own sentence from facts.

CredenceError
├── DefinitionError          a definition file has faults (all of them, each with path and line)
├── NotFoundError            something named is not there
│   ├── ScorecardNotFoundError
│   ├── PolicyNotFoundError
│   ├── PersonNotFoundError
│   ├── PersonNotInTableError
│   ├── LogNotFoundError
│   └── SourceNotFoundError
├── IntakeError              a file of events or people cannot be read at all
├── LogError                 the event log cannot do what was asked
│   ├── LogExistsError
│   ├── LogFormatError
│   ├── LogBusyError
│   ├── LogDamagedError
│   └── BackfillError
├── MomentError              a date or instant that cannot be understood
├── UsageError               a request that is not complete
├── HypotheticalError        events of a what-if that no furnisher could send
├── BaselineError            nobody whose points could be averaged
├── CutoffMissingError       a baseline at a cut-off without the cut-off
├── PolicyNotValidError      a policy is asked about a day on which it does not hold
├── DialectError             a scorecard's SQL cannot be written for a database
├── PmmlError                a scorecard that PMML cannot say
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
from credence.errors.scores import (
    BaselineError,
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

__all__ = [
    "BackfillError",
    "BaselineError",
    "CredenceError",
    "CutoffMissingError",
    "DefinitionError",
    "DialectError",
    "EngineError",
    "Fault",
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
    "ScorecardNotFoundError",
    "SourceNotFoundError",
    "UsageError",
    "nearest",
]
