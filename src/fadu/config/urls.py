"""The URL root."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("fadu.web") and find_spec("fadu.web.workbench"):
    urlpatterns.append(path("", include("fadu.web.workbench.urls")))
    urlpatterns.append(path("open/", include("fadu.web.portal.urls")))

handler400 = "fadu.web.shared.refusals.bad_request"
handler403 = "fadu.web.shared.refusals.forbidden"
handler404 = "fadu.web.shared.refusals.not_found"
handler500 = "fadu.web.shared.refusals.broken"
