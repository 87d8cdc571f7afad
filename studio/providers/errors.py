"""What may go wrong at an engine, in the three ways that matter to a task and its credits."""


class ProviderError(Exception):
    """The engine refused or failed, and says so: `message` is a sentence for the person, `code` the engine's own."""

    def __init__(self, message: str, *, code: str = "", retryable: bool = False) -> None:
        super().__init__(message)
        self.message, self.code, self.retryable = message, code, retryable


class OutcomeUnknownError(Exception):
    """The connection broke after a paid request may have arrived. It is never sent again by itself."""
