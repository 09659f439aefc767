"""All addresses of the application, and those of the baselines."""

from django.urls import path

from bench import baselines
from dxreport.urls import urlpatterns as pages

urlpatterns = [
    *pages,
    path("bench/one-query/", baselines.one_query),
    path("bench/no-query/", baselines.no_query),
    path("bench/inputs/<int:submission>/", baselines.inputs),
    path("bench/upsert/<int:submission>/<int:element>/", baselines.upsert),
]
