from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "studio.backups"
    label = "backups"
