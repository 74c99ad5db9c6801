import gc

from django.apps import AppConfig

# The collector's defaults are for small heaps. A questionnaire of thousands of rows makes millions of objects that live
# until its stage is over, and walking over all of them time and again took a tenth of the main job.
YOUNG_OBJECTS, COLLECTIONS_BEFORE_ALL = 10_000, 10


class RfpConfig(AppConfig):
    name = "rfp"
    verbose_name = "Questionnaires"

    def ready(self) -> None:
        gc.set_threshold(YOUNG_OBJECTS, 10, COLLECTIONS_BEFORE_ALL)
        # Tasks are bound to this application in every process, also in those that only ring.
        from evidence.happenings import evidence_changed  # models are ready only now
        from rfp import celery  # noqa: F401  # settings are ready only now
        from rfp.actions.fallen import hear_of_evidence

        evidence_changed.connect(hear_of_evidence, dispatch_uid="rfp.fallen")
