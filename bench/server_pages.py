"""What a page costs: CPU of the process that serves it, and its weight.

`python -m bench.server_pages [--pages NAME ...]`: the pages of `bench.pictures` that need no
press, as whoever they are for, in a demonstration with 10,000 people. The cheapest of some batches counts:
what a page costs where nobody else uses the machine's cores, and no job runs beside.
"""

import argparse
import gzip

import httpx

from bench.demonstration import demonstration
from bench.pictures import FIRST, Picture
from bench.serving import spent

AIM, BATCHES, BATCH = 5.0, 6, 15


def main() -> None:
    """Print a line for each page, the most expensive first."""
    parser = argparse.ArgumentParser(prog="python -m bench.server_pages")
    parser.add_argument("--pages", nargs="+", default=[], help="their names in bench.pictures")
    names = parser.parse_args().pages
    pages = [one for one in FIRST if not one.links and (not names or one.name in names)]
    with demonstration() as shown:
        costs = [(*_cost(shown.address, shown.process, one), one) for one in pages]
    met = sum(cost <= AIM for cost, _, _ in costs)
    for cost, weight, one in sorted(costs, key=lambda each: -each[0]):
        print(f"{one.name:<16}{one.path:<36}{cost:6.1f} ms of CPU {weight / 1e3:6.1f} kB compressed")
    print(f"{met} of {len(costs)} pages cost at most {AIM:g} ms")


def _cost(address: str, process: int, one: Picture) -> tuple[float, int]:
    """Milliseconds of CPU a page, and its bytes as they are sent."""
    with httpx.Client(base_url=address, follow_redirects=True) as client:
        if one.who:
            client.post(f"/demo/as/{one.who}", headers={"Origin": address})
        reply = client.get(one.path)
        assert reply.is_success, f"{one.path}: {reply.status_code}"
        costs = []
        for _ in range(BATCHES):
            before = spent([process])
            for _ in range(BATCH):
                client.get(one.path)
            costs.append((spent([process]) - before) / BATCH * 1e3)
    return min(costs), len(gzip.compress(reply.content))


if __name__ == "__main__":
    main()
