"""Settings from the environment: typed readers that refuse a bad value instead of guessing.

What a reader is told about its variable is what ``manage.py configuration`` writes down of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of the environment, as the reference lists it."""

    name: str
    kind: str
    default: str
    about: str


VARIABLES: dict[str, Variable] = {}


def _declare(name: str, kind: str, default: str, about: str) -> None:
    if about:
        VARIABLES[name] = Variable(name=name, kind=kind, default=default, about=about)


def read_text(name: str, default: str, *, choices: tuple[str, ...] = (), about: str = "") -> str:
    _declare(name, " or ".join(choices) or "text", default, about)
    value = os.environ.get(name, default)
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(choices)}")
    return value


def read_flag(name: str, default: bool, *, about: str = "") -> bool:
    _declare(name, "true or false", str(default).lower(), about)
    value = os.environ.get(name)
    if value is None:
        return default
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if value.strip().lower() not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false")
    return known[value.strip().lower()]


def read_number(name: str, default: int, *, least: int, about: str = "") -> int:
    _declare(name, f"number from {least}", str(default), about)
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.strip().isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {least}")
    return int(value)


def read_list(name: str, default: tuple[str, ...] = (), *, about: str = "") -> list[str]:
    _declare(name, "list with commas", ",".join(default), about)
    value = os.environ.get(name)
    return list(default) if value is None else [part.strip() for part in value.split(",") if part.strip()]


def read_folder(name: str, default: Path, *, shown: str = "", about: str = "") -> Path:
    _declare(name, "folder", shown, about)
    folder = Path(os.environ.get(name, str(default)))
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(folder)!r}, which is a file; it must be a folder")
    return folder


def read_database(name: str, sqlite_file: Path, *, about: str = "") -> Mapping[str, object]:
    """Return Django's database settings: SQLite in ``sqlite_file``, or PostgreSQL from a URL.

    A server on a socket file is named by its folder: ``postgresql:///database?host=/run/postgresql``.

    SQLite runs in WAL mode and takes its write lock when a transaction begins: a transaction that
    reads first and writes later would otherwise fail at once when another writer was faster.
    """
    _declare(name, "postgresql://user:password@host:port/database", "", about)
    url = os.environ.get(name, "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must look like postgresql://user:password@host:port/database")
    port = _port(name, url)
    folder = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": folder or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def read_cache(name: str, folder: Path, *, about: str = "") -> Mapping[str, object]:
    """Return Django's cache settings: Redis from a URL, else files that all processes of this machine share."""
    _declare(name, "redis://host:6379/0", "", about)
    url = os.environ.get(name, "")
    if not url:
        return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)}
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(f"{name} must look like redis://host:6379/0")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "KEY_PREFIX": "countersign"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The server that takes the mails: encrypted from the first byte (``tls``), after a greeting, or not at all."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


MAIL_PORTS: Mapping[str, int] = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def read_mail(name: str, *, about: str = "") -> Mail | None:
    """Return the mail server; None when none is set, and mails then go to the console."""
    _declare(name, "smtp+tls://user:password@host:587", "", about)
    url = os.environ.get(name, "")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must look like smtps://user:password@host, smtp+tls://user:password@host:587 or smtp://host"
        )
    return Mail(
        host=parts.hostname,
        port=_port(name, url) or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def read_single_sign_on(prefix: str, *, about: str = "") -> dict[str, object]:
    """Return allauth's settings of an OpenID Connect provider; nothing when none of its variables is set.

    :raises ImproperlyConfigured: if only some are set, or the server is not reached by https
    """
    names = [f"{prefix}_SERVER_URL", f"{prefix}_CLIENT_ID", f"{prefix}_CLIENT_SECRET"]
    for name in names:
        _declare(name, "https:// address" if name == names[0] else "text", "", about)
    button = read_text(f"{prefix}_NAME", "", about="What the button of single sign-on says.")
    server, client, secret = (os.environ.get(name, "").strip() for name in names)
    missing = [name for name, value in zip(names, (server, client, secret), strict=True) if not value]
    if len(missing) == len(names):
        return {}
    if missing:
        raise ImproperlyConfigured(f"Single sign-on is half set up. Set also {', '.join(missing)}, or none of them.")
    parts = urlsplit(server)
    if parts.scheme != "https" or not parts.hostname:
        raise ImproperlyConfigured(f"{names[0]} is {server!r}; it must begin with https://")
    app = {
        "provider_id": "company",
        "name": button or "your company",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def _port(name: str, url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is no number") from None
