"""What may go wrong at an engine, in the three ways that matter to a task and its credits."""


class ProviderError(Exception):
    """The engine refused or failed, and says so: `message` is a sentence for the person, `code` the engine's own.
    `retry_after` is how many seconds it asks to be left alone."""

    def __init__(
        self, message: str, *, code: str = "", retryable: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.retryable, self.retry_after = message, code, retryable, retry_after


class OutcomeUnknownError(Exception):
    """The connection broke after a paid request may have arrived. It is never sent again by itself."""


class WithdrawnError(Exception):
    """`before_sending` said no, and nothing was sent: the task is another worker's by now, or nobody wants it."""
