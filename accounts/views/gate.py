"""The gate before every page: who is asking, for which organisation, and whether their role lets them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.authorization import Acting, Permission, acting_for
from accounts.models import User
from accounts.queries import has_two_factor

ORGANISATION_KEY = "organisation"
P = ParamSpec("P")
R = TypeVar("R")


class ActingRequest(HttpRequest):
    """A request that passed the gate."""

    user: User
    acting: Acting


def requires(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[ActingRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Let a person in whose role grants one of the permissions; their time zone is that of the organisation.

    The role is checked before anything is looked up: a refusal says nothing about what exists. Where the organisation
    needs a second step at sign-in, a person without one is led to setting it up.

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
                raise PermissionDenied("You belong to no organisation. Ask an administrator to invite you.")
            passed = cast(ActingRequest, request)
            passed.acting = acting
            if acting.organisation.requires_two_factor and not has_two_factor(passed.user):
                messages.warning(request, f"{acting.organisation} needs a second step at sign-in. Set one up to go on.")
                return redirect("mfa_index")
            if not any(map(acting.may, permissions)):
                raise PermissionDenied(
                    f"Your role in {acting.organisation} ({acting.role_names}) does not include this. "
                    "Ask an administrator of the organisation for the role."
                )
            with timezone.override(acting.organisation.zone):
                return view(passed, *args, **kwargs)

        return guarded

    return gate


def known(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Give a page that everybody may ask for the person's organisation, if they are signed in and belong to one."""

    @wraps(view)
    def met(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request = cast(ActingRequest, args[0])
        acting = None
        if request.user.is_authenticated:
            acting = acting_for(request.user, chosen=request.session.get(ORGANISATION_KEY))
        if acting is None:
            return view(*args, **kwargs)
        request.acting = acting
        with timezone.override(acting.organisation.zone):
            return view(*args, **kwargs)

    return met


def own(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let in whoever is signed in, to a page about themself; they need not belong to an organisation."""

    @known
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request = cast(HttpRequest, args[0])
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        return view(*args, **kwargs)

    return guarded


def found(row: R | None) -> R:
    """Return the row.

    :raises Http404: if there is none: what belongs to another organisation is the same as what does not exist
    """
    if row is None:
        raise Http404
    return row
