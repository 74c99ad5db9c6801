"""The pages of frameworks and their crosswalk."""

from __future__ import annotations

from django.urls import path

from rfp.views.frameworks import browse

urlpatterns = [
    path("frameworks/", browse.frameworks, name="frameworks"),
    path("frameworks/<id:pk>/", browse.framework, name="framework"),
    path("frameworks/items/<id:pk>/", browse.item, name="framework_item"),
    path("requirements/<slug:ref>/", browse.requirement, name="requirement"),
]
