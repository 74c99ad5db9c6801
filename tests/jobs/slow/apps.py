from django.apps import AppConfig


class SlowConfig(AppConfig):
    """Replaces what a job does: it says that it began, waits to be let go, and leaves one countable effect."""

    name = "tests.jobs.slow"
    label = "slow"

    def ready(self) -> None:
        from rfp.actions import work  # models are there only now
        from tests.jobs.slow.effect import leave_effect

        work.KINDS = dict.fromkeys(work.KINDS, leave_effect)
