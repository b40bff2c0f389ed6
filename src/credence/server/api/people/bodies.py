"""What requests about people are made of."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from credence.server.services.people.kinds import KIND_TITLES, Identifier, identifier

LANGUAGE = Literal["en", "zh"]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Value = Annotated[str, Field(min_length=1, max_length=254, pattern=r"^[^\x00-\x1f\x7f]+$")]
Code = Annotated[str, Field(pattern=r"^\s*[0-9]{6}\s*$", examples=["123456"])]
Id = Annotated[str, Path(pattern=r"^[a-z]{3}_[0-9a-v]{26}$")]


class Said(BaseModel):
    """A body that holds nothing but what is said here."""

    model_config = ConfigDict(extra="forbid")


class Contact(Said):
    """An address or a telephone number to which a code can be sent."""

    kind: Literal["email", "phone"]
    value: Annotated[Value, Field(examples=["ana@example.org"])]

    def read(self, pointer: str) -> Identifier:
        """It in its normal form; InvalidRequestError where it can be none."""
        return identifier(self.kind, self.value, pointer)


class Document(Said):
    """A document by its kind and number."""

    kind: Annotated[str, Field(max_length=40, examples=["cn.ric"], description=", ".join(KIND_TITLES))]
    value: Annotated[Value, Field(examples=["360426199101010071"])]

    def read(self, pointer: str) -> Identifier:
        """It in its normal form; InvalidRequestError where it can be none."""
        return identifier(self.kind, self.value, pointer)
