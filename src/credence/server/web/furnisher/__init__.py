"""Pages of furnishers."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
