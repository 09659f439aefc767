"""Addresses of the pages of a draft, below report/draft/."""

from django.urls import path

from reporting.views import draft_more, draft_section, draft_typing, drafts

urlpatterns = [
    path("", drafts.draft, name="draft"),
    path("begin/", drafts.begin, name="draft_begin"),
    # Whatever else stands below a draft goes before its sections, whose keys are words of any kind.
    path("<int:pk>/<slug:key>/", draft_section.section, name="draft_section"),
    path("<int:pk>/<slug:key>/save/", draft_typing.save, name="draft_save"),
    path("<int:pk>/<slug:key>/preview/", draft_typing.preview_typed, name="draft_preview"),
    path("<int:pk>/<slug:key>/insertions/", draft_typing.insertions_of, name="draft_insertions"),
    path("<int:pk>/<slug:key>/versions/", draft_more.versions, name="draft_versions"),
    path("<int:pk>/<slug:key>/remarks/", draft_more.remark, name="draft_remarks"),
    path("<int:pk>/<slug:key>/authors/", draft_more.authors, name="draft_authors"),
]
