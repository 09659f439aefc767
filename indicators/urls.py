"""Addresses of the pages of indicators; `dxreport.urls` adds that of one indicator, which shows figures."""

from django.urls import path, re_path

from dxreport.lib.listing import file_of
from indicators import views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    file_of("indicators/", views.indicator_list, name="indicator_file"),
    path("elements/", views.element_list, name="element_list"),
    file_of("elements/", views.element_list, name="element_file"),
    re_path(r"^elements/(?P<code>[A-Za-z0-9][A-Za-z0-9_]*)/$", views.element, name="element"),
]
