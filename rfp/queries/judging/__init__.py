"""Judging vendors for a buyer: what is decided about each, and why."""
