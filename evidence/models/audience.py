"""Audience: whom something may be told."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    PUBLIC = "public", "Public"
    NDA = "nda", "Under NDA"
    INTERNAL = "internal", "Internal"
