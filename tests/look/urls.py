"""All addresses of the application, and the style page, which is otherwise there with DEBUG only."""

from django.urls import include, path

from dxreport import look
from dxreport.urls import urlpatterns as pages

urlpatterns = [*pages, path("_look/", include(look.urlpatterns))]
