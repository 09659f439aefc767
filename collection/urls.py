"""Addresses of the pages of collection."""

from django.urls import URLPattern

app_name = "collection"
urlpatterns: list[URLPattern] = []
