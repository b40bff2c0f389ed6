"""The way in: the first page, signing in and out, enrolling, and links that sign in once."""

from fastapi import APIRouter

from credence.server.web.entry import door, links, recover, start

ROUTERS: tuple[APIRouter, ...] = (door.router, links.router, start.router, recover.router)
