"""Addresses of the pages of schools."""

from django.urls import path

from dxreport.lib.listing import file_of
from schools import views

app_name = "schools"
urlpatterns = [
    path("org-units/", views.unit_list, name="unit_list"),
    file_of("org-units/", views.unit_list, name="unit_file"),
    path("teachers/", views.teacher_list, name="teacher_list"),
    file_of("teachers/", views.teacher_list, name="teacher_file"),
    path("students/", views.student_list, name="student_list"),
    file_of("students/", views.student_list, name="student_file"),
    path("audit/", views.audit_list, name="audit_list"),
    file_of("audit/", views.audit_list, name="audit_file"),
]
