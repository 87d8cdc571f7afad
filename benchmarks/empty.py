"""The task of the reference: nothing, so that all it costs is the queue."""

from django_tasks import task


@task
def empty() -> None:
    pass
