"""Reading frameworks and their crosswalk as one organisation sees them: what is shipped, shared, and its own."""
