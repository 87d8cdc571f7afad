"""How credits are shown."""

from django import template

from studio.credits.shown import shown

register = template.Library()
register.filter("credits", shown)
