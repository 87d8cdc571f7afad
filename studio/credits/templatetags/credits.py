"""How credits are shown."""

from django import template

from studio.credits.shown import in_words, shown

register = template.Library()
register.filter("credits", shown)
register.filter("in_words", in_words)
