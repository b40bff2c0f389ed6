"""Routes of reading a score: consents, requests for them, questions, statements, who read, freezes."""

from fastapi import APIRouter

from credence.server.api.reading import consents, freezes, inquiries, requests, scores, statements

ROUTERS: tuple[APIRouter, ...] = (
    scores.router, consents.router, requests.router, statements.router, inquiries.router, freezes.router,
)  # fmt: skip
