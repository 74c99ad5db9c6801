"""What the commands print: progress while a job runs, and what came of it."""
