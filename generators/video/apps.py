from django.apps import AppConfig


class VideoConfig(AppConfig):
    name = "generators.video"
    label = "video"
