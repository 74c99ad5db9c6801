"""Questionnaires and what is made of them: questions, mappings, responses, assessments, exports, jobs."""

from rfp.models.answer_import import AnswerImport
from rfp.models.assessment import Assessment, Finding
from rfp.models.desk import Assignment, Remark, Step, StepKind
from rfp.models.export import Export, ExportKind
from rfp.models.job import LIVE, Job, JobKind, JobState
from rfp.models.layout import RememberedLayout
from rfp.models.layout_draft import LayoutDraft, LayoutStep
from rfp.models.mapping import Decision, MappedRequirement, MappingStatus, QuestionMapping
from rfp.models.mapping_set import (
    AskedReading,
    ExampleOrigin,
    MappingExample,
    MappingRule,
    MappingSet,
    MappingTest,
    MappingVersion,
    ReadQuestion,
    VersionState,
)
from rfp.models.offer import Offer
from rfp.models.question import AnswerSlot, Question
from rfp.models.questionnaire import LayoutOrigin, Questionnaire, QuestionnaireState, Stage, buyer_key
from rfp.models.release import Release, ReleasedAnswer, ReleasedFile, Reworded, SentChanged, Way
from rfp.models.reliance import ReopenedAnswer, Reopening, Settlement
from rfp.models.reminder import Reminder, ReminderSetting, Snooze
from rfp.models.response import Band, Citation, KeptAnswer, Response, ResponseStatus, Statement
from rfp.models.sign_of_life import SignOfLife

__all__ = [
    "LIVE",
    "AnswerImport",
    "AnswerSlot",
    "AskedReading",
    "Assessment",
    "Assignment",
    "Band",
    "Citation",
    "Decision",
    "ExampleOrigin",
    "Export",
    "ExportKind",
    "Finding",
    "Job",
    "JobKind",
    "JobState",
    "KeptAnswer",
    "LayoutDraft",
    "LayoutOrigin",
    "LayoutStep",
    "MappedRequirement",
    "MappingExample",
    "MappingRule",
    "MappingSet",
    "MappingStatus",
    "MappingTest",
    "MappingVersion",
    "Offer",
    "Question",
    "QuestionMapping",
    "Questionnaire",
    "QuestionnaireState",
    "ReadQuestion",
    "Release",
    "ReleasedAnswer",
    "ReleasedFile",
    "Remark",
    "RememberedLayout",
    "Reminder",
    "ReminderSetting",
    "ReopenedAnswer",
    "Reopening",
    "Response",
    "ResponseStatus",
    "Reworded",
    "SentChanged",
    "Settlement",
    "SignOfLife",
    "Snooze",
    "Stage",
    "Statement",
    "Step",
    "StepKind",
    "VersionState",
    "Way",
    "buyer_key",
]
