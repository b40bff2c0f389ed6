"""How often somebody may ask: a bucket of tokens for each, filled steadily, kept in this process."""

import math
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from credence.errors import RateLimitedError
from credence.server.services.context import Context

OF = "SELECT a_minute FROM rates WHERE actor_id = $1"
# How long a rate is believed before the table is asked again.
BELIEVED = timedelta(minutes=1)
MOST_BUCKETS = 100_000


@dataclass
class Bucket:
    """What is left for somebody."""

    a_minute: int
    left: float
    filled_at: datetime
    believed_until: datetime

    def take(self, now: datetime) -> None:
        """Take one.

        Raises:
            RateLimitedError: None is left.
        """
        passed = max(0.0, (now - self.filled_at).total_seconds())
        self.left = min(float(self.a_minute), self.left + passed * self.a_minute / 60)
        self.filled_at = now
        if self.left < 1:
            raise RateLimitedError(self.a_minute, math.ceil((1 - self.left) * 60 / self.a_minute))
        self.left -= 1

    @property
    def headers(self) -> dict[str, str]:
        """What a reply says of it (draft-ietf-httpapi-ratelimit-headers)."""
        wait = math.ceil((self.a_minute - self.left) * 60 / self.a_minute)
        return {
            "RateLimit-Policy": f'"default";q={self.a_minute};w=60',
            "RateLimit": f'"default";r={int(self.left)};t={wait}',
        }


@dataclass
class Buckets:
    """The buckets of this process, those used last kept."""

    kept: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    async def take(self, context: Context, who: str) -> Bucket:
        """Take one for somebody; return what they have left. The context is the system's.

        Raises:
            RateLimitedError: None is left.
        """
        bucket = self.kept.get(who)
        if bucket is None or bucket.believed_until <= context.now:
            bucket = self.kept[who] = await self._filled(context, who, bucket)
        self.kept.move_to_end(who)
        if len(self.kept) > MOST_BUCKETS:
            self.kept.popitem(last=False)
        bucket.take(context.now)
        return bucket

    async def _filled(self, context: Context, who: str, before: Bucket | None) -> Bucket:
        a_minute = await context.connection.fetchval(OF, who) or context.settings.rate_a_minute
        left, at = (before.left, before.filled_at) if before else (float(a_minute), context.now)
        return Bucket(a_minute, left, at, context.now + BELIEVED)
