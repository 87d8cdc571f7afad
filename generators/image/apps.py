from django.apps import AppConfig


class ImageConfig(AppConfig):
    name = "generators.image"
    label = "image"
