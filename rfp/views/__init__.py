"""Pages of questionnaires: they ask queries, call one action, and hold no rules."""
