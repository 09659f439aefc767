"""How every form prints itself: `{{ form }}` and `{{ field.as_field_group }}` in our look."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class FormRenderer(TemplatesSetting):
    """Django's widgets inside our own markup for a field and a form."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """A choice is written out here: Django opens two templates for every option of it."""
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    """What Django's template of a choice says."""
    groups = []
    for name, options, _index in widget["optgroups"]:
        inside = "".join(map(_option, options))
        groups.append(f'<optgroup label="{escape(name)}">{inside}</optgroup>' if name else inside)
    head = f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    return mark_safe(f"{head}{''.join(groups)}</select>")


def _option(option: dict[str, Any]) -> str:
    value, label = escape(str(option["value"])), escape(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _attributes(attrs: dict[str, Any]) -> SafeString:
    return flatatt({name: value if isinstance(value, bool) else str(value) for name, value in attrs.items()})
