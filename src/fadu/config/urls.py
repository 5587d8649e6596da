"""The URL root."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("fadu.web") and find_spec("fadu.web.workbench"):
    urlpatterns.append(path("", include("fadu.web.workbench.urls")))
