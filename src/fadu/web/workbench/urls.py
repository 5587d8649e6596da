"""Addresses of the workbench."""

from django.urls import path

from fadu.web.workbench.views import (
    case,
    cases,
    demo,
    figures,
    integrity,
    law,
    manual,
    opening,
    papers,
    reports,
    sign_in,
    step,
    work,
)

urlpatterns = [
    path("", work.work, name="work"),
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("health", sign_in.health, name="health"),
    path("demo/advance/", demo.advance, name="demo_advance"),
    path("cases/", cases.cases, name="cases"),
    path("cases/export.csv", cases.export, name="cases_export"),
    path("cases/new/", opening.choose, name="new"),
    path("cases/new/<str:system>/<str:step>/", opening.opening, name="opening"),
    path("cases/<int:number>/", case.case, name="case"),
    path("cases/<int:number>/steps/<str:name>/", step.step, name="step"),
    path("cases/<int:number>/papers/<str:key>/", papers.paper, name="paper"),
    path("cases/<int:number>/papers/<str:key>/docx", papers.paper_docx, name="paper_docx"),
    path("cases/<int:number>/files/<str:digest>/", papers.download, name="file"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:name>/", figures.figure, name="figure"),
    path("figures/<str:name>", figures.figure),
    path("reports/<int:year>/", reports.report, name="report"),
    path("reports/<int:year>/docx", reports.report_docx, name="report_docx"),
    path("reports/<int:year>/json", reports.report_json, name="report_json"),
    path("integrity/", integrity.page, name="integrity"),
    path("integrity/run/", integrity.run, name="integrity_run"),
    path("law/", law.statutes, name="law"),
    path("law/<str:slug>/", law.statute, name="statute"),
    path("procedures/<str:system>/<str:version>/", law.procedure, name="procedure"),
    path("help/", manual.manual, name="help"),
]
