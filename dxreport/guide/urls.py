"""Addresses of the guide: open to everybody, also to who cannot sign in."""

from django.urls import path

from dxreport.guide import views

app_name = "guide"
urlpatterns = [
    path("", views.index, name="index"),
    path("hint/", views.dismiss_hint, name="dismiss_hint"),
    path("<slug:slug>/", views.topic, name="topic"),
]
