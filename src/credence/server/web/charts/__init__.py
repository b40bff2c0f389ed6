"""Pictures as SVG, drawn here: no script, colours from classes; the same in words stands beside them."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from credence.server.web.charts.columns import columns
from credence.server.web.charts.gauge import gauge
from credence.server.web.charts.line import line, spark
from credence.server.web.charts.passing import passing
from credence.server.web.charts.qr import qr
from credence.server.web.charts.strip import strip

# What templates may draw.
CHARTS: Mapping[str, Callable[..., Markup]] = {
    "columns": columns, "gauge": gauge, "line": line, "passing": passing, "qr": qr, "spark": spark,
    "strip": strip,
}  # fmt: skip
