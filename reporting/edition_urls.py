"""Addresses of published reports and of publishing."""

from django.urls import path, re_path

from dxreport.lib.listing import file_of
from reporting.views import editions, publishing

NUMBER = "[1-9][0-9]{0,17}"
EDITION = rf"^editions/(?P<pk>{NUMBER})/"
OTHER = rf"(?P<other>{NUMBER})"
TABLE = r"(?P<file_format>csv|xlsx)"

urlpatterns = [
    path("editions/", editions.editions, name="editions"),
    file_of("editions/", editions.editions, name="editions_file"),
    re_path(rf"{EDITION}$", editions.edition, name="edition"),
    re_path(rf"{EDITION}(?P<kind>docx|pdf|html|xlsx|json)$", editions.edition_file, name="edition_file"),
    re_path(rf"{EDITION}compare/$", editions.compare, name="edition_today"),
    re_path(rf"{EDITION}compare\.{TABLE}$", editions.compare_file, name="edition_today_file"),
    re_path(rf"{EDITION}compare/{OTHER}/$", editions.compare, name="edition_compare"),
    re_path(rf"{EDITION}compare/{OTHER}\.{TABLE}$", editions.compare_file, name="edition_compare_file"),
    re_path(rf"^report/draft/(?P<pk>{NUMBER})/publish/$", publishing.publish, name="publish"),
]
