"""Pages about the person: signing in and out, the organisation they act for, and what was done."""
