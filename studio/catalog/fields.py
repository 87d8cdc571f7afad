"""Fields that the forms of several slices have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from studio.catalog.values import is_id
from studio.catalog.words import is_blank


class PromptField(forms.CharField):
    """A browser counts the end of a line as one character and sends it as two."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)
        return "" if is_blank(words or "") else words


class IdsField(forms.Field):
    """Ids of assets, one hidden field each, in their order."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        given = [value] if isinstance(value, str) else value or ()
        ids = [str(pk).strip().lower() for pk in given if str(pk).strip()]
        if not all(is_id(pk) for pk in ids):
            raise forms.ValidationError(_("One of these is not in your team’s library. Please choose again."))
        return list(dict.fromkeys(ids))
