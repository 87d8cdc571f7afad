"""Forms about places in a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Member, Role, Team


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.user.name} ({obj.get_role_display()})"


class HeirForm(forms.Form):
    """Who gets what somebody owns: anybody else who can enter the team."""

    heir = MemberChoice(
        label=_("Goes to"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("Whoever has been owner here longest"),
    )

    def __init__(self, *args: object, team: Team, without: Member, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        others = Member.objects.filter(team=team, suspended_at=None, user__is_active=True).exclude(pk=without.pk)
        self.fields["heir"].queryset = others.select_related("user").order_by("joined_at", "pk")  # type: ignore[attr-defined]


class NewOwnerForm(HeirForm):
    """Who leads the team from now on."""

    def __init__(self, *args: object, team: Team, without: Member, **kwargs: object) -> None:
        super().__init__(*args, team=team, without=without, **kwargs)
        self.fields["heir"].label, self.fields["heir"].required = _("New owner"), True
        self.fields["heir"].empty_label = _("Choose somebody")  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Team name"), max_length=Team._meta.get_field("name").max_length)
