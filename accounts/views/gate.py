"""The gate before every page: who is asking, for which organisation, and whether their role lets them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.authorization import Acting, Permission, acting_for
from accounts.models import User

ORGANISATION_KEY = "organisation"
P = ParamSpec("P")
R = TypeVar("R")


class ActingRequest(HttpRequest):
    """A request that passed the gate."""

    user: User
    acting: Acting


def requires(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[ActingRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Let a person in whose role grants the permission; their time zone is that of the organisation.

    The role is checked before anything is looked up: a refusal says nothing about what exists.

    :raises PermissionDenied: if the person belongs to no organisation, or their role does not grant it
    """

    def gate(
        view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            acting = acting_for(request.user, chosen=request.session.get(ORGANISATION_KEY))
            if acting is None:
                raise PermissionDenied("You belong to no organisation yet. Ask an administrator to add you.")
            passed = cast(ActingRequest, request)
            passed.acting = acting
            if not acting.may(permission):
                raise PermissionDenied(
                    f"Your role in {acting.organisation} ({acting.role_names}) does not include this. "
                    "Ask an administrator of the organisation for the role."
                )
            with timezone.override(acting.organisation.zone):
                return view(passed, *args, **kwargs)

        return guarded

    return gate


def found(row: R | None) -> R:
    """Return the row.

    :raises Http404: if there is none: what belongs to another organisation is the same as what does not exist
    """
    if row is None:
        raise Http404
    return row
