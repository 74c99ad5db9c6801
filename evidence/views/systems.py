"""The register of AI systems: what evidence is judged for, and what changed in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence import register
from evidence.actions import systems as actions
from evidence.system_forms import SystemForm, initial_of


@require_safe
@requires(Permission.READ_EVIDENCE)
def systems(request: ActingRequest) -> HttpResponse:
    rows = register.systems_of(request.acting.organisation)
    return render(request, "evidence/systems.html", {"systems": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_EVIDENCE)
def add(request: ActingRequest) -> HttpResponse:
    form = SystemForm(request.POST or None, initial={"takes_prompts": True, "affects_people": True})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_system(
                organisation=request.acting.organisation, entry=form.entry, by=request.user, at=timezone.now()
            )
        except actions.NameTaken as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"{row} is in the register. Evidence is judged for it from now on.")
            return redirect("systems")
    return render(request, "evidence/system.html", {"form": form, "system": None, "may_edit": True})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_EVIDENCE)
def system(request: ActingRequest, pk: int) -> HttpResponse:
    """Show an AI system; who may edit evidence changes it."""
    row = found(register.system_of(request.acting.organisation, pk))
    may_edit = request.acting.may_edit_evidence
    if request.method == "POST" and not may_edit:
        raise PermissionDenied("Your role does not include changing AI systems. Ask an administrator for it.")
    form = SystemForm(request.POST or None, initial=initial_of(row, actions.state_of(row)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_system(
                system=row, entry=form.entry, seen=form.cleaned_data["seen"], by=request.user, at=timezone.now()
            )
        except actions.NameTaken as problem:
            form.add_error("name", str(problem))
        except actions.SystemChanged as problem:
            messages.error(request, f"{problem} What it holds now is below; enter your change again.")
            return redirect("system", pk=row.pk)
        else:
            messages.success(request, "Saved. Evidence is judged by it from now on.")
            return redirect("system", pk=row.pk)
    return render(request, "evidence/system.html", {"form": form, "system": row, "may_edit": may_edit})


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def drop_change(request: ActingRequest, pk: int) -> HttpResponse:
    change = found(register.change_of(request.acting.organisation, pk))
    actions.drop_change(change=change, by=request.user, at=timezone.now())
    messages.success(request, "The material change is taken back.")
    return redirect("system", pk=change.system_id)
