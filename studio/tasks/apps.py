from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "studio.tasks"
    label = "tasks"
