"""Addresses of the pages of reporting."""

from django.urls import path

from reporting.views import dashboard

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("units/<str:code>/", dashboard.unit, name="unit"),
    path("units/<str:code>/indicators/<str:indicator>/", dashboard.figure, name="figure"),
]
