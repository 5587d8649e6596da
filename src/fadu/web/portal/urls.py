"""Addresses of the portal, all below open/."""

from django.urls import path

from fadu.web.portal.views import apply, consult, draft, follow, home, look, published, report_check, reports, verify

urlpatterns = [
    path("", home.page, name="open"),
    path("apply/", apply.choose, name="open_apply"),
    path("apply/<str:system>/<str:step>/", apply.start, name="open_start"),
    path("drafts/<str:number>/<int:page>/", draft.page, name="open_draft"),
    path("drafts/<str:number>/check/", draft.check, name="open_check"),
    path("drafts/<str:number>/code/", draft.code, name="open_code"),
    path("drafts/<str:number>/send/", draft.send, name="open_send"),
    path("follow/", follow.enter, name="open_follow"),
    path("here/", follow.here, name="open_here"),
    path("follow/<str:number>/here/", follow.here, name="open_here"),
    path("follow/leave/", follow.leave, name="open_leave"),
    path("follow/<str:number>/", follow.case, name="open_case"),
    path("follow/<str:number>/steps/<str:name>/", follow.step, name="open_step"),
    path("follow/<str:number>/papers/<str:key>/", follow.paper, name="open_paper"),
    path("follow/<str:number>/papers/<str:key>/docx", follow.paper_docx, name="open_paper_docx"),
    path("follow/<str:number>/papers/<str:key>/pdf", follow.paper_pdf, name="open_paper_pdf"),
    path("opinions/", consult.consultations, name="open_consultations"),
    path("opinions/<int:case>/", consult.consultation, name="open_consultation"),
    path("public/", published.index, name="open_public"),
    path("public/texts/", published.texts, name="open_texts"),
    path("public/texts/<int:case>/<str:key>/", published.text, name="open_text"),
    path("public/lists/<str:name>/", published.entries, name="open_entries"),
    path("public/guides/", published.guides, name="open_guides"),
    path("public/guides/<str:system>/", published.guide, name="open_guide"),
    path("public/measures/", published.measures, name="open_measures"),
    path("reports/", reports.index, name="open_reports"),
    path("reports/<int:case>/<str:key>/", reports.page, name="open_report"),
    path("reports/<int:case>/<str:key>/figures/<str:name>/", reports.figure, name="open_report_figure"),
    path("reports/<int:case>/<str:key>/docx", reports.docx, name="open_report_docx"),
    path("reports/<int:case>/<str:key>/pdf", reports.pdf, name="open_report_pdf"),
    path("verify/", verify.page, name="open_verify"),
    path("verify/<str:code>/", verify.by_code, name="open_verify_code"),
    path("verify/<str:code>/picture.svg", verify.picture, name="open_verify_picture"),
    path("report-check/", report_check.page, name="open_reading"),
    path("look/", look.page, name="look"),
]
