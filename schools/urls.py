"""Addresses of the pages of schools."""

from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("org-units/", views.unit_list, name="unit_list"),
    path("teachers/", views.teacher_list, name="teacher_list"),
    path("students/", views.student_list, name="student_list"),
    path("audit/", views.audit_list, name="audit_list"),
]
