"""A form for the component page: fields of every kind."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fields(forms.Form):
    """Fields of every kind, one of them refused."""

    prefix = "sample"
    prompt = forms.CharField(
        label=gettext_lazy("Describe the image"),
        max_length=2000,
        widget=forms.Textarea(attrs={"placeholder": gettext_lazy("Describe what should be in the picture.")}),
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=80)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput)
    size = forms.ChoiceField(label=gettext_lazy("Aspect ratio"), choices=[(s, s) for s in ("1:1", "3:2", "2:3")])
    count = forms.ChoiceField(label=gettext_lazy("Variations"), choices=[(n, n) for n in ("1", "2", "4")])
    engine = forms.ChoiceField(label=gettext_lazy("Engine"), choices=[("local", gettext_lazy("Local engine"))])
    remember = forms.BooleanField(required=False)
    references = forms.Field(label=gettext_lazy("References"), required=False)
    reference_files = forms.FileField(required=False)
    mask = forms.CharField(required=False)
    mask_file = forms.FileField(required=False)
    left = forms.IntegerField(label=gettext_lazy("Left"), required=False)
    top = forms.IntegerField(label=gettext_lazy("Top"), required=False)
    width = forms.IntegerField(label=gettext_lazy("Width"), required=False)
    height = forms.IntegerField(label=gettext_lazy("Height"), required=False)

    def clean(self) -> None:
        raise forms.ValidationError(_("This costs 2 credits, 1.5 are available."))


START = {
    "name": "Mira Lindqvist",
    "size": "1:1",
    "count": "4",
    "engine": "local",
    "left": 40,
    "top": 30,
    "width": 42,
    "height": 54,
}
