"""Pages of mapping sets."""
