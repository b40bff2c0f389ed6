"""Who may look and who looked: consents, inquiries, and the freeze that stops all of it."""

from fastapi import APIRouter

from credence.server.web.person.sharing import ask, consents, freeze, inquiries

ROUTERS: tuple[APIRouter, ...] = (ask.router, consents.router, inquiries.router, freeze.router)
