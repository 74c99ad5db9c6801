"""People, the organisations they work for, and the record of what they did."""

from accounts.models.audit import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership, Role
from accounts.models.notification import Notification
from accounts.models.organisation import Organisation, OrganisationKind
from accounts.models.user import User

__all__ = ["AuditEvent", "Invitation", "Membership", "Notification", "Organisation", "OrganisationKind", "Role", "User"]
