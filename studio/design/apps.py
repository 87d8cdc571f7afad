from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The house's own component page, and the filters that templates need for looks. It has no models."""

    name = "studio.design"
    label = "design"
