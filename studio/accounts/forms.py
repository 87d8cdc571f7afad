"""Forms about people."""

from django import forms
from django.conf import settings


class PreferencesForm(forms.Form):
    """Theme and language of the person's own pages; what is not sent stays as it is."""

    theme = forms.ChoiceField(choices=[("light", ""), ("dark", ""), ("system", "")], required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
