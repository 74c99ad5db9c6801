"""What an organisation's administrators taught about mapping: show its versions, publish rules, go back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, OrganisationKind, User
from accounts.queries import OrganisationUnknown, organisation_named
from rfp.actions.mapping_sets import drafts, publishing, rules
from rfp.mapping.engine import Mapper
from rfp.mapping.known import known_controls, known_requirements
from rfp.mapping.rules import RulesInvalid, read_rules
from rfp.queries.mapping_sets.versions import draft_of, published_of, version_of, versions_of

REFUSED = (
    drafts.DraftMoved,
    publishing.CasesFailed,
    publishing.NothingToPublish,
    publishing.NoteMissing,
    publishing.PublishedMoved,
)


class Command(BaseCommand):
    help = "Show, publish and take back what was taught about mapping (docs/mapping-administration.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=("show", "publish", "roll-back"))
        parser.add_argument(
            "what", nargs="?", default="", help="A file of rules to publish, or the number to go back to."
        )
        parser.add_argument("--organisation", required=True)
        parser.add_argument("--provider", action="store_true", help="It is the provider: what it publishes is shared.")
        parser.add_argument("--by", metavar="EMAIL", help="Who publishes or goes back.")
        parser.add_argument("--note", default="", help="What changes and why.")

    def handle(
        self,
        *args: object,
        do: str,
        what: str,
        organisation: str,
        provider: bool,
        by: str,
        note: str,
        **options: object,
    ) -> None:
        kind = OrganisationKind.PROVIDER if provider else OrganisationKind.VENDOR
        try:
            owner = organisation_named(organisation, kind=kind)
            if do == "publish":
                self._publish(owner, Path(what), note, _person(by))
            elif do == "roll-back":
                self._roll_back(owner, what, note, _person(by))
        except (OrganisationUnknown, RulesInvalid, rules.RuleRefused, *REFUSED) as problem:
            raise CommandError(str(problem)) from problem
        for version in versions_of(owner):
            name = "draft" if version.is_draft else f"version {version.number}, {version.state}"
            self.stdout.write(
                f"{name}: {version.rules.count()} rules, {version.examples.count()} examples. {version.note}"
            )

    @transaction.atomic  # where it is refused, no draft is left behind
    def _publish(self, organisation: Organisation, file: Path, note: str, by: User) -> None:
        """Publish the rules of a file in place of those of the set; its examples and tests stay."""
        wanted = {rule.name: rule for rule in read_rules(file, known_requirements(), known_controls())}
        if draft_of(organisation) is not None:
            raise CommandError("Somebody is editing a draft of this set. It has to be published or thrown away first.")
        at = timezone.now()
        draft = drafts.open_draft(organisation=organisation, by=by, at=at)
        known = {row.name: row for row in draft.rules.all()}
        for name, row in known.items():
            if name in wanted:
                rules.change_rule(row=row, rule=wanted[name], seen=row.edits, by=by, at=at)
            else:
                rules.remove_rule(row=row, seen=row.edits, by=by, at=at)
        for name, rule in wanted.items():
            if name not in known:
                rules.add_rule(draft=draft, rule=rule, by=by, at=at)
        draft.refresh_from_db()
        publishing.publish(draft=draft, seen=draft.edits, note=note, mapper=Mapper.load(), by=by, at=at)

    def _roll_back(self, organisation: Organisation, number: str, note: str, by: User) -> None:
        to = version_of(organisation, int(number)) if number.isdecimal() else None
        published = published_of(organisation)
        if to is None or published is None:
            raise CommandError(f"There is no version {number or '(give its number)'} of {organisation} to go back to.")
        publishing.roll_back(to=to, seen=published.number, note=note, by=by, at=timezone.now())


def _person(email: str | None) -> User:
    person = User.objects.filter(email__iexact=email or "").first()
    if person is None:
        raise CommandError("Say with --by whose address this is done under; there is no such person.")
    return person
