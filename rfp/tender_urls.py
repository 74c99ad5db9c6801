"""The pages of tenders."""

from __future__ import annotations

from django.urls import path

from rfp.views.tenders import acts, define, form, tenders, vendors

urlpatterns = [
    path("tenders/", tenders.tenders, name="tenders"),
    path("tenders/new/", define.add, name="tender_add"),
    path("tenders/<id:pk>/", tenders.tender, name="tender"),
    path("tenders/<id:pk>/edit/", define.edit, name="tender_edit"),
    path("tenders/<id:pk>/form/", form.form, name="tender_form"),
    path("tenders/<id:pk>/form/upload/", form.upload, name="tender_form_upload"),
    path("tenders/<id:pk>/vendors/", vendors.add, name="tender_vendor_add"),
    path("tenders/<id:pk>/open/", acts.open_to_vendors, name="tender_open"),
    path("tenders/<id:pk>/close/", acts.close, name="tender_close"),
    path("tenders/<id:pk>/open-scoring/", acts.open_for_scoring, name="tender_open_scoring"),
]
