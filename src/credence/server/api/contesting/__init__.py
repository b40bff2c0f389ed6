"""Routes of disputes, corrections, the feed and webhooks."""

from credence.server.api.contesting import corrections, disputes, feed, webhook_endpoints

ROUTERS = (disputes.router, corrections.router, feed.router, webhook_endpoints.router)
