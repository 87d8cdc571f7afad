"""That a worker is there."""

from django.db import models


class Beat(models.Model):
    """One per worker process, written again every few seconds while it lives (`heartbeat`)."""

    holder = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holder}: {self.at}"
