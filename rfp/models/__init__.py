"""Questionnaires and what is made of them: questions, mappings, responses, assessments, exports, jobs."""

from rfp.models.answer_import import AnswerImport
from rfp.models.assessment import Assessment, Finding
from rfp.models.desk import Assignment, Remark, Step, StepKind
from rfp.models.export import Export, ExportKind
from rfp.models.frozen import NeverChanges
from rfp.models.job import LIVE, Job, JobKind, JobState
from rfp.models.judging import (
    ApprovedNotApplicable,
    Award,
    ClarificationNote,
    JudgedClaim,
    JudgedRequirement,
    JudgedVendor,
    Judgement,
    OfferedSystem,
    RiskAcceptance,
    RiskChanged,
    RiskDecision,
    Side,
    TakenOver,
)
from rfp.models.layout import RememberedLayout
from rfp.models.layout_draft import LayoutDraft, LayoutStep
from rfp.models.mapping import Decision, MappedRequirement, MappingStatus, QuestionMapping
from rfp.models.mapping_set import (
    ExampleOrigin,
    MappingExample,
    MappingRule,
    MappingSet,
    MappingTest,
    MappingVersion,
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
from rfp.models.tender.grant import EvidenceGrant
from rfp.models.tender.participant import InterestDeclaration, Participant, UploadLink
from rfp.models.tender.sealed import SealedChanged, SealedVersion
from rfp.models.tender.state import TenderState
from rfp.models.tender.submission import LateDecision, Submission, SubmittedAnswer, SubmittedFile
from rfp.models.tender.tender import Criterion, Evaluator, PriceFormula, Tender, TenderQuestion

__all__ = [
    "LIVE",
    "AnswerImport",
    "AnswerSlot",
    "ApprovedNotApplicable",
    "Assessment",
    "Assignment",
    "Award",
    "Band",
    "Citation",
    "ClarificationNote",
    "Criterion",
    "Decision",
    "Evaluator",
    "EvidenceGrant",
    "ExampleOrigin",
    "Export",
    "ExportKind",
    "Finding",
    "InterestDeclaration",
    "Job",
    "JobKind",
    "JobState",
    "JudgedClaim",
    "JudgedRequirement",
    "JudgedVendor",
    "Judgement",
    "KeptAnswer",
    "LateDecision",
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
    "NeverChanges",
    "Offer",
    "OfferedSystem",
    "Participant",
    "PriceFormula",
    "Question",
    "QuestionMapping",
    "Questionnaire",
    "QuestionnaireState",
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
    "RiskAcceptance",
    "RiskChanged",
    "RiskDecision",
    "SealedChanged",
    "SealedVersion",
    "SentChanged",
    "Settlement",
    "Side",
    "SignOfLife",
    "Snooze",
    "Stage",
    "Statement",
    "Step",
    "StepKind",
    "Submission",
    "SubmittedAnswer",
    "SubmittedFile",
    "TakenOver",
    "Tender",
    "TenderQuestion",
    "TenderState",
    "UploadLink",
    "VersionState",
    "Way",
    "buyer_key",
]
