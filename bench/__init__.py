"""Speed and memory, measured; see ``python -m bench --help``."""
