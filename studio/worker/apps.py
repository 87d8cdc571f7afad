from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "studio.worker"
    label = "worker"
