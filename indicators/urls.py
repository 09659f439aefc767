"""Addresses of the pages of indicators."""

from django.urls import path, re_path

from dxreport.lib.listing import file_of
from indicators import views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    file_of("indicators/", views.indicator_list, name="indicator_file"),
    re_path(r"^indicators/(?P<code>[A-Za-z0-9][A-Za-z0-9.-]*)/$", views.indicator, name="indicator"),
]
