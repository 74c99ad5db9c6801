"""The product's settings for worker processes under test: the effect of a job waits until the test lets it go.

Nothing else is changed: the processes are those of the product, with its database, its runner and its Celery workers.
"""

from __future__ import annotations

from rfp.settings import *  # noqa: F403
from rfp.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.jobs.slow"]
