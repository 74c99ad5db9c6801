"""The pages of frameworks, their items and their crosswalk."""
