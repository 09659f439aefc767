"""Addresses of the whole house; each app lists its own pages."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from dxreport import look

admin.site.site_title = admin.site.site_header = _("Quản trị danh mục")
admin.site.index_title = _("Các danh mục")


def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """The icon for pages that name none, as those of the administration. Its hashed name may change."""
    return HttpResponseRedirect(static("img/favicon.svg"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reporting.urls")),
    path("", include("collection.urls")),
    path("", include("schools.urls")),
    path("", include("indicators.urls")),
    path("guide/", include("dxreport.guide.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("favicon.ico", favicon),
]

if settings.DEBUG:
    urlpatterns.append(path("_look/", include(look.urlpatterns)))
