"""Mapping sets: what administrators teach, edited in a draft, published in versions."""
