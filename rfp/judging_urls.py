"""The pages on which a buyer judges vendors and accepts risks."""

from __future__ import annotations

from django.urls import path

from rfp.views.judging import risks

urlpatterns = [
    path("risks/", risks.register, name="risks"),
    path("risks/<id:pk>/", risks.risk, name="risk"),
    path("risks/<id:pk>/sign/", risks.sign, name="risk_sign"),
    path("risks/<id:pk>/decline/", risks.decline, name="risk_decline"),
    path("risks/<id:pk>/revoke/", risks.revoke, name="risk_revoke"),
    path("risks/<id:pk>/withdraw/", risks.withdraw, name="risk_withdraw"),
    path("risks/<id:pk>/record/", risks.record, name="risk_record"),
    path("vendors/<id:pk>/accept-risk/", risks.ask, name="risk_ask"),
]
