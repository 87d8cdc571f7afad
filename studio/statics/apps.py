from django.apps import AppConfig


class StaticsConfig(AppConfig):
    name = "studio.statics"
    label = "statics"
