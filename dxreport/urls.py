"""Addresses of the whole house; each app lists its own pages."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from dxreport.look import look

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reporting.urls")),
    path("", include("collection.urls")),
    path("", include("schools.urls")),
    path("", include("indicators.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns.append(path("_look/", look, name="look"))
