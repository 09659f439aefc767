"""Addresses of the pages of collection."""

from django.urls import path, re_path

from collection import views
from dxreport.lib.listing import file_of

# What codes of periods, units, forms and elements are made of: anything else is no address.
CODE = r"[0-9A-Za-z][0-9A-Za-z._-]*"
SUBMISSION = rf"^submissions/(?P<period>{CODE})/(?P<unit>{CODE})/(?P<form>{CODE})/"
# No more digits than a database's key has.
BATCH = r"^workbooks/batches/(?P<pk>[1-9][0-9]{0,17})/"
UPLOAD = r"^workbooks/uploads/(?P<pk>[1-9][0-9]{0,17})/"

GRID = rf"^grid/(?P<period>{CODE})/(?P<form>{CODE})/"

app_name = "collection"
urlpatterns = [
    path("anomalies/", views.anomalies, name="anomalies"),
    file_of("anomalies/", views.anomalies, name="anomaly_file"),
    path("periods/", views.period_list, name="period_list"),
    path("completeness/", views.completeness, name="completeness"),
    re_path(
        r"^completeness/file\.(?P<file_format>csv|xlsx)$", views.completeness_file, name="completeness_file"
    ),
    path("notices/", views.notices, name="notices"),
    path("submissions/", views.submission_list, name="submission_list"),
    file_of("submissions/", views.submission_list, name="submission_file"),
    path("submissions/matrix/", views.matrix, name="matrix"),
    path("submissions/matrix/remind/", views.remind, name="remind"),
    path("submissions/matrix/approve/", views.approve_many, name="approve_many"),
    path("submissions/matrix/extend/", views.extend_many, name="extend_many"),
    re_path(rf"{SUBMISSION}$", views.submission, name="submission"),
    re_path(rf"{SUBMISSION}workbook\.xlsx$", views.workbook, name="workbook"),
    path("workbooks/", views.uploads, name="uploads"),
    path("workbooks/batches/", views.batches, name="batches"),
    re_path(rf"{BATCH}$", views.batch, name="batch"),
    re_path(rf"{UPLOAD}$", views.upload, name="upload"),
    re_path(rf"{UPLOAD}file\.xlsx$", views.upload_file, name="upload_file"),
    re_path(rf"{UPLOAD}marked\.xlsx$", views.upload_marked, name="upload_marked"),
    re_path(
        rf"^workbooks/(?P<period>{CODE})/(?P<form>{CODE})\.xlsx$",
        views.district_workbook,
        name="district_workbook",
    ),
    re_path(rf"{SUBMISSION}cells/$", views.cells, name="cells"),
    re_path(rf"{SUBMISSION}check/$", views.check, name="check"),
    re_path(rf"{SUBMISSION}receipt/$", views.receipt, name="receipt"),
    re_path(rf"{SUBMISSION}review/$", views.review, name="review"),
    re_path(
        rf"{SUBMISSION}anomalies/(?P<element>{CODE})/(?P<kind>history|peers)/$",
        views.anomaly,
        name="anomaly",
    ),
    re_path(rf"{SUBMISSION}reopen/$", views.reopen, name="reopen"),
    re_path(rf"{SUBMISSION}extension/$", views.extension, name="extension"),
    re_path(rf"{SUBMISSION}footnotes/(?P<element>{CODE})/$", views.footnote, name="footnote"),
    re_path(rf"{SUBMISSION}history/$", views.history, name="history"),
    re_path(rf"{SUBMISSION}history/(?P<element>{CODE})/$", views.cell_history, name="cell_history"),
    re_path(rf"{GRID}$", views.grid, name="grid"),
    re_path(rf"{GRID}cells/$", views.grid_cells, name="grid_cells"),
]
