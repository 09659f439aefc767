"""Which part of the guide fits which page: what "Trợ giúp" leads to from there.

**To add a page**, name its view here; tests/guide/test_fitting.py finds a page that is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from dxreport.guide.contents import TOPICS, first_topic
from schools.roles import Role

# View -> sections ("topic" or "topic#section"); of several, the first that is the reader's work.
FITS: dict[str, tuple[str, ...]] = {
    "account_login": ("start#sign-in",),
    "account_reset_password": ("start#password",),
    "account_signup": ("start#sign-in",),
    "account_logout": ("start#sign-in",),
    "account_change_password": ("start#password",),
    "mfa_index": ("start#two-steps",),
    "reporting:dashboard": ("overview",),
    "reporting:unit": ("overview",),
    "reporting:unit_beside": ("exploring#beside",),
    "reporting:unit_figures": ("exploring#figures",),
    "reporting:charts": ("exploring#charts",),
    "reporting:explorer": ("exploring#explorer",),
    "reporting:behind": ("overview",),
    "reporting:absent": ("why",),
    "reporting:figure": ("why",),
    "reporting:appendix": ("documents#appendix",),
    "reporting:report": ("documents#report",),
    "reporting:publish": ("publishing#publish",),
    "reporting:editions": ("publishing",),
    "reporting:edition": ("publishing#editions",),
    "reporting:edition_today": ("publishing#differences",),
    "reporting:edition_compare": ("publishing#differences",),
    "reporting:draft": ("writing#begin",),
    "reporting:draft_section": ("writing#write",),
    "reporting:draft_versions": ("writing#versions",),
    "reporting:report_template": ("documents#template",),
    "reporting:appendix_template": ("documents#form",),
    "reporting:lint": ("documents#lint",),
    "indicators:indicator_list": ("words#indicators",),
    "indicators:indicator": ("words#indicators",),
    "indicators:element_list": ("words#indicators",),
    "indicators:element": ("words#indicators",),
    "schools:unit_list": ("start#lists",),
    "schools:teacher_list": ("start#lists",),
    "schools:student_list": ("start#lists",),
    "schools:audit_list": ("trail",),
    "collection:submission_list": ("reviewing#find", "entering#find"),
    "collection:submission": ("entering#fill",),
    "collection:check": ("entering#check",),
    "collection:receipt": ("entering#after",),
    "collection:grid": ("many-schools",),
    "collection:review": ("reviewing",),
    "collection:history": ("trail#submission",),
    "collection:cell_history": ("trail#submission",),
    "collection:anomalies": ("anomalies", "returned#questions"),
    "collection:anomaly": ("anomalies", "returned#questions"),
    "collection:reopen": ("periods#reopen",),
    "collection:extension": ("periods#extend",),
    "collection:extend_many": ("periods#extend",),
    "collection:period_list": ("periods",),
    "collection:matrix": ("reminding#matrix",),
    "collection:approve_many": ("approving-many",),
    "collection:uploads": ("workbooks",),
    "collection:upload": ("workbooks#preview",),
    "collection:batch": ("workbooks#zip",),
    "collection:completeness": ("reminding#completeness",),
    "collection:notices": ("returned#notices",),
    "guide:index": ("start",),
    "guide:topic": ("start",),
}


def section_for(view: str, roles: Sequence[Role]) -> str:
    """The section for a reader with `roles` on the page of `view`; elsewhere their first topic."""
    fitting = FITS.get(view)
    if not fitting:
        return first_topic(roles).slug
    return next((one for one in fitting if TOPICS[one.partition("#")[0]].is_for(roles)), fitting[-1])


def address_for(view: str, roles: Sequence[Role]) -> str:
    """The address of that section."""
    slug, _mark, anchor = section_for(view, roles).partition("#")
    return reverse("guide:topic", args=[slug]) + (f"#{anchor}" if anchor else "")
