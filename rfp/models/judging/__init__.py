"""What a buyer decides about vendors: verdicts frozen, risks accepted, questions asked back, an award."""

from rfp.models.judging.award import Award
from rfp.models.judging.clarification import ClarificationNote, Side, TakenOver
from rfp.models.judging.judgement import JudgedClaim, JudgedRequirement, JudgedVendor, Judgement
from rfp.models.judging.risk import RiskAcceptance, RiskChanged, RiskDecision
from rfp.models.judging.scope import ApprovedNotApplicable, OfferedSystem

__all__ = [
    "ApprovedNotApplicable",
    "Award",
    "ClarificationNote",
    "JudgedClaim",
    "JudgedRequirement",
    "JudgedVendor",
    "Judgement",
    "OfferedSystem",
    "RiskAcceptance",
    "RiskChanged",
    "RiskDecision",
    "Side",
    "TakenOver",
]
