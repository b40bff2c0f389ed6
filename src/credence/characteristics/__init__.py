"""One answer a person: filters of events, the aggregates they reduce to, and the measures built on them."""
