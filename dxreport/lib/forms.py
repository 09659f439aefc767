"""How every form prints itself: `{{ form }}` and `{{ field.as_field_group }}` in our look."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Django's widgets inside our own markup for a field and a form."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
