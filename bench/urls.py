"""All addresses of the application, and the baseline: the least a signed-in page can do."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from dxreport.urls import urlpatterns as pages
from schools.models import OrgUnit


@login_required
def one_query(request: HttpRequest) -> HttpResponse:
    """One statement, no template, behind the same middleware as every page."""
    return HttpResponse(str(OrgUnit.objects.count()))


urlpatterns = [*pages, path("bench/one-query/", one_query)]
