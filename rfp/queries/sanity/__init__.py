"""Whether an installation is whole: every file, trail, job and count, each looked at for itself."""

from rfp.queries.sanity.checks import CHECKS, Check, Looked

__all__ = ["CHECKS", "Check", "Looked"]
