"""What a deal is made of: the vendor's AI systems and people, buyers known from before, the rules buyers are under."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from evidence.catalogs import mandate
from evidence.models import AISystem, LibraryAnswer
from rfp.answering.scope import parts
from rfp.models import Questionnaire

# As people call what the catalogue calls by an id.
SECTORS = {
    "critical_infrastructure": "Critical infrastructure",
    "eu_ai_act": "EU AI Act",
    "eu_ai_act_high_risk": "EU AI Act, high-risk use",
    "eu_financial": "EU financial sector (DORA)",
    "us_banking": "US banking (model risk)",
    "us_health": "US health care (HIPAA)",
}


def systems_of(organisation: Organisation, questionnaire: Questionnaire | None = None) -> QuerySet[AISystem]:
    """Return the AI systems in use, with those that a deal was about before they were retired."""
    ours = Q(retired_on=None)
    if questionnaire is not None:
        ours |= Q(pk__in=questionnaire.systems.values("pk"))
    return AISystem.objects.of(organisation).filter(ours)


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Return who works for the organisation now."""
    members = User.objects.filter(memberships__organisation=organisation, memberships__ended_at=None, is_active=True)
    return members.distinct().order_by("full_name", "email")


def buyers_of(organisation: Organisation) -> list[str]:
    names = Questionnaire.objects.of(organisation).exclude(buyer="").order_by("buyer").values_list("buyer", flat=True)
    return list(names.distinct())


def sector_choices() -> list[tuple[str, str]]:
    named = {requirement.sector for requirement in mandate.load().requirements.values() if requirement.sector}
    return [(name, SECTORS.get(name, name.replace("_", " "))) for name in sorted(named)]


def regions_of(organisation: Organisation) -> list[str]:
    """Return the regions that answers of the library are limited to."""
    rows = LibraryAnswer.objects.of(organisation).exclude(region="").values_list("region", flat=True)
    return sorted({name for region in rows.distinct() for name in parts(region)})


def owners_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Return who owns a questionnaire, also of those who have left."""
    owners = User.objects.filter(pk__in=Questionnaire.objects.of(organisation).values("owner"))
    return [(str(user.pk), str(user)) for user in owners.order_by("full_name", "email")]
