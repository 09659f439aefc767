"""Addresses of the pages of indicators; `dxreport.urls` adds that of one indicator, which shows figures."""

from django.urls import path

from dxreport.lib.listing import file_of
from indicators import views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    file_of("indicators/", views.indicator_list, name="indicator_file"),
    path("elements/", views.element_list, name="element_list"),
    file_of("elements/", views.element_list, name="element_file"),
    path("elements/<str:code>/", views.element, name="element"),
]
