"""Forms of the administration. A form asks the action itself whether what was typed will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from schools.actions import (
    NewUnit,
    change_user,
    close_unit,
    create_units,
    create_user,
    rename_unit,
    transfer_unit,
)
from schools.models import EducationLevel, OrgUnit, SchoolProfile, UnitKind, User
from schools.refusals import Refused

if TYPE_CHECKING:
    UnitModelForm = forms.ModelForm[OrgUnit]
    UserModelForm = forms.ModelForm[User]
else:  # not subscriptable outside of the type checker
    UnitModelForm = UserModelForm = forms.ModelForm


def try_out(change: Callable[[], object]) -> None:
    """Run `change` and take it back. ValidationError with its sentence when it is refused."""
    try:
        with transaction.atomic():
            change()
            transaction.set_rollback(True)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from None


class NewUnitForm(UnitModelForm):
    """A unit to create. `by` and `units` (possible parents) are set by the admin."""

    by: User
    parent = forms.ModelChoiceField(OrgUnit.objects.none(), label="Trực thuộc", required=False)
    levels = forms.ModelMultipleChoiceField(
        EducationLevel.objects.all(),
        label="Cấp học",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ chọn cho cơ sở giáo dục.",
    )
    ownership = forms.ChoiceField(choices=SchoolProfile.Ownership.choices, label="Loại hình")

    class Meta:
        model = OrgUnit
        fields = ("code", "name", "kind", "valid_from")
        widgets = {"valid_from": AdminDateWidget}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try_out(self.carry_out)
        return cleaned

    def carry_out(self) -> OrgUnit:
        """Create the unit."""
        data = self.cleaned_data
        kind: UnitKind = data["kind"]
        row = NewUnit(
            code=data["code"],
            name=data["name"],
            kind=kind.code,
            valid_from=data["valid_from"],
            parent=data["parent"].code if data["parent"] else None,
            levels=[level.code for level in data["levels"]],
            ownership=data["ownership"],
        )
        [unit] = create_units(rows=[row], by=self.by)
        return unit


class ChangeUnitForm(UnitModelForm):
    """Another name, another parent, or the end of a unit, from a day on and by a document."""

    by: User
    name = forms.CharField(label="Tên", max_length=200)
    parent = forms.ModelChoiceField(OrgUnit.objects.none(), label="Trực thuộc", required=False)
    closes = forms.BooleanField(
        label="Giải thể", required=False, help_text="Các đơn vị trực thuộc phải được chuyển đi trước."
    )
    effective_on = forms.DateField(label="Có hiệu lực từ", required=False, widget=AdminDateWidget)
    document = forms.CharField(label="Văn bản", max_length=300, required=False)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = OrgUnit
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        last = self.instance.placements.order_by("valid_from").last()
        self.fields["name"].initial = self.instance.name
        self.fields["parent"].initial = last.parent_id if last else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or not self.changes():
            return cleaned
        if cleaned["effective_on"] is None:
            raise ValidationError({"effective_on": "Hãy nhập ngày thay đổi có hiệu lực."})
        if "parent" in self.changed_data and cleaned["parent"] is None:
            raise ValidationError({"parent": "Hãy chọn đơn vị cấp trên mới."})
        try_out(self.carry_out)
        return cleaned

    def changes(self) -> list[Callable[..., OrgUnit]]:
        """The actions that carry out what was changed, in order."""
        actions: dict[str, Callable[..., OrgUnit]] = {
            "name": lambda **when: rename_unit(unit=self.instance, name=self.cleaned_data["name"], **when),
            "parent": lambda **when: transfer_unit(
                unit=self.instance, to=self.cleaned_data["parent"], **when
            ),
            "closes": lambda **when: close_unit(unit=self.instance, **when),
        }
        return [action for name, action in actions.items() if name in self.changed_data]

    def carry_out(self) -> None:
        """Make the changes, all with one day and one document."""
        when = {name: self.cleaned_data[name] for name in ("effective_on", "document", "note")}
        for change in self.changes():
            change(by=self.by, **when)


class UserForm(UserModelForm):
    """An account; a password is typed when it is opened, or to replace the former one."""

    by: User
    new_password = forms.CharField(
        label="Mật khẩu mới",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Để trống thì mật khẩu giữ nguyên; tài khoản mới chưa có mật khẩu thì chưa đăng nhập được.",
    )

    class Meta:
        model = User
        fields = ("username", "display_name", "is_active", "is_staff")

    def clean_new_password(self) -> str | None:
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try_out(self.carry_out)
        return cleaned

    def carry_out(self) -> User:
        """Open the account, or change it."""
        data = self.cleaned_data
        is_new = self.instance._state.adding
        if is_new:
            user = create_user(
                username=data["username"],
                display_name=data["display_name"],
                password=data["new_password"],
                is_staff=data["is_staff"],
                by=self.by,
            )
        else:
            user = User.objects.get(pk=self.instance.pk)
        return change_user(
            user=user,
            display_name=data["display_name"],
            is_active=data["is_active"],
            is_staff=data["is_staff"],
            password=None if is_new else data["new_password"],
            by=self.by,
        )
