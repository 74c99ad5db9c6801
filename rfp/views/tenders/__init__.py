"""The pages of a tender."""
