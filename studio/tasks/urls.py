from django.urls import path, register_converter

from studio.catalog import registry
from studio.catalog.contract import Generator
from studio.tasks import views


class GeneratorConverter:
    """A slice in an address: `/image/`. Anything else is not found."""

    regex = "[a-z][a-z-]*"

    def to_python(self, value: str) -> Generator:
        try:
            return registry.get(value.replace("-", "_"))
        except KeyError as error:
            raise ValueError(value) from error

    def to_url(self, value: Generator | str) -> str:
        kind = value if isinstance(value, str) else value.kind
        return kind.replace("_", "-")


register_converter(GeneratorConverter, "generator")

app_name = "tasks"
urlpatterns = [
    path("callbacks/<slug:provider>/<slug:token>/", views.callback, name="callback"),
    path("pulse/", views.beat, name="pulse"),
    path("tasks/<uuid:id>/", views.task_page, name="task"),
    path("tasks/<uuid:id>/details/", views.task_details, name="details"),
    path("tasks/<uuid:id>/cancel/", views.cancel, name="cancel"),
    path("tasks/<uuid:id>/unfollow/", views.unfollow, name="unfollow"),
    path("tasks/<uuid:id>/release/", views.release, name="release"),
    path("tasks/<uuid:id>/again/", views.again, name="again"),
    path("<generator:kind>/", views.tool, name="tool"),
    path("<generator:kind>/tasks/", views.create, name="create"),
    path("<generator:kind>/quote/", views.quote, name="quote"),
]
