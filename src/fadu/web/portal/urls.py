"""Addresses of the portal, all below open/."""

from django.urls import path

from fadu.web.portal.views import look, report_check

urlpatterns = [
    path("report-check/", report_check.page, name="open_reading"),
    path("look/", look.page, name="look"),
]
