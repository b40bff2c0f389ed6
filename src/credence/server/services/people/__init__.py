"""People: who they are, how they sign in, what they are told, and how they leave."""

from credence.server.services.people.enrolling import enrol
from credence.server.services.people.pairwise import known_as, person_of

__all__ = ["enrol", "known_as", "person_of"]
