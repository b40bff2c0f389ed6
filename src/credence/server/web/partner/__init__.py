"""Pages of partners."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
