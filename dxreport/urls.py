"""Addresses of the whole house; each app lists its own pages."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _

from dxreport import look
from indicators import urls as catalogue_urls
from reporting.views import catalogue

admin.site.site_title = admin.site.site_header = _("Quản trị danh mục")
admin.site.index_title = _("Các danh mục")


def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """The icon for pages that name none, as those of the administration. Its hashed name may change."""
    return HttpResponseRedirect(static("img/favicon.svg"))


# An indicator's page shows its figures, which the catalogue knows nothing of: reporting has the view, and
# it stands among the catalogue's addresses.
catalogue_patterns = [
    *catalogue_urls.urlpatterns,
    re_path(r"^indicators/(?P<code>[A-Za-z0-9][A-Za-z0-9.-]*)/$", catalogue.indicator, name="indicator"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reporting.urls")),
    path("", include("collection.urls")),
    path("", include("schools.urls")),
    path("", include((catalogue_patterns, "indicators"))),
    path("guide/", include("dxreport.guide.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("favicon.ico", favicon),
]

handler404 = "dxreport.faults.not_found"

if settings.DEBUG:
    urlpatterns.append(path("_look/", include(look.urlpatterns)))
