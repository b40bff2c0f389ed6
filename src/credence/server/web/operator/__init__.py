"""Pages of operators."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
