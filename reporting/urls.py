"""Addresses of the pages of reporting."""

from django.urls import include, path, re_path

from reporting import edition_urls
from reporting.document_templates import Kind
from reporting.template_addresses import template_pages
from reporting.views import (
    absent,
    behind,
    charts,
    dashboard,
    documents,
    explorer,
    figure,
    lint,
    saved_views,
    units,
)

app_name = "reporting"
urlpatterns = [
    *edition_urls.urlpatterns,
    path("", dashboard.dashboard, name="dashboard"),
    path("units/<str:code>/", dashboard.unit, name="unit"),
    path("units/<str:code>/figures/", units.figures, name="unit_figures"),
    path("units/<str:code>/figures.<slug:file_format>", units.figures_file, name="unit_figures_file"),
    path("units/<str:code>/beside/", units.beside, name="unit_beside"),
    path("units/<str:code>/beside.<slug:file_format>", units.beside_file, name="unit_beside_file"),
    path("units/<str:code>/charts/", charts.charts, name="charts"),
    path("units/<str:code>/charts/<slug:key>.<slug:file_format>", charts.chart_file, name="chart_file"),
    path("explore/", explorer.explore, name="explorer"),
    path("explore/saved/", saved_views.save, name="save_view"),
    path("explore/saved/<int:pk>/", saved_views.change, name="saved_view"),
    path("explore/table.<str:file_format>", explorer.explore_file, name="explorer_file"),
    path("units/<str:code>/indicators/<str:indicator>/", figure.figure, name="figure"),
    path("units/<str:code>/indicators/<str:indicator>/behind/", behind.behind, name="behind"),
    path(
        "units/<str:code>/indicators/<str:indicator>/behind.<slug:file_format>",
        behind.behind_file,
        name="behind_file",
    ),
    path("units/<str:code>/indicators/<str:indicator>/missing/", absent.absent, name="absent"),
    path(
        "units/<str:code>/indicators/<str:indicator>/missing.<slug:file_format>",
        absent.absent_file,
        name="absent_file",
    ),
    re_path(
        r"^units/(?P<code>[^/]+)/indicators/(?P<indicator>[^/]+)\.(?P<file_format>csv|json|xlsx)$",
        figure.figure_file,
        name="figure_file",
    ),
    path("appendix/", documents.appendix, name="appendix"),
    *template_pages("appendix/template/", Kind.APPENDIX),
    path("appendix.xlsx", documents.appendix_file, name="appendix_workbook"),
    path("lint/", lint.lint, name="lint"),
    path("report/", documents.report, name="report"),
    path("report/draft/", include("reporting.draft_urls")),
    *template_pages("report/template/", Kind.REPORT),
    path("report.<slug:file_format>", documents.report_document, name="report_document"),
]
