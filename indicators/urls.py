"""Addresses of the pages of indicators."""

from django.urls import path, re_path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    re_path(r"^indicators/(?P<code>[A-Za-z0-9][A-Za-z0-9.-]*)/$", views.indicator, name="indicator"),
]
