"""Take in a vendor from a file: organisation, people, AI systems, evidence and its documents."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.actions.library import LinkUnknown, VerifierIsConfirmer
from evidence.actions.vendor_file import import_vendor
from evidence.catalogs.problems import CatalogueInvalid


class Command(BaseCommand):
    help = "Import a vendor's organisation, people, AI systems and evidence from a YAML file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--documents", type=Path, help="Folder with ID.pdf or ID.docx per attestation.")

    def handle(self, *args: object, file: Path, documents: Path | None, **options: object) -> None:
        if documents is not None and not documents.is_dir():
            raise CommandError(f"There is no folder {documents}.")
        try:
            loaded = import_vendor(file, documents=documents, at=timezone.now())
        except (CatalogueInvalid, LinkUnknown, VerifierIsConfirmer) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{loaded.organisation}: {loaded.evidence} attestations, {loaded.documents} documents "
            f"({len(loaded.unreadable)} without readable text)."
        )
        for reason in loaded.unreadable:
            self.stdout.write(f"  {reason}")
        if loaded.without_document:
            self.stdout.write(f"  without a document: {', '.join(loaded.without_document)}")
