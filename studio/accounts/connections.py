"""Accounts at engines: who may use which, and the engine as one of them sees it."""

import time
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept as written; translated for whoever reads it

from studio.accounts import secrets
from studio.accounts.models import Connection, EngineChoice, Team, User
from studio.providers import registry
from studio.providers.errors import ProviderError
from studio.providers.kie.pace import next_slot
from studio.providers.kie.provider import KieProvider, Timeouts
from studio.providers.registry import Engine

KIE = "kie"
KEY_LENGTH = 512
OUTAGES = {"455", "503", "505"}  # codes of Kie that mean everybody's requests (kie-api.md 1.4)
HARMLESS = {"pace", "no-record"}  # our own patience
TRIES = 20  # at a slot that others want as well
TRIAL = Timeouts(connect=4, read=8, call=12)  # somebody waits for the answer


def of_team(team: Team) -> list[Connection]:
    """The team's own that are in use, the newest first."""
    return list(Connection.objects.filter(team=team, retired_at=None).order_by("-created_at"))


def of_instance() -> Connection | None:
    """The one whose key is in the environment; None without such a key."""
    if not settings.KIE_API_KEY:
        return None
    try:
        found, _new = Connection.objects.get_or_create(team=None, provider=KIE)
    except IntegrityError:  # another process was first
        found = Connection.objects.get(team=None, provider=KIE)
    mark = secrets.fingerprint(settings.KIE_API_KEY)
    if found.fingerprint != mark:  # another key since
        found.fingerprint, found.hint = mark, settings.KIE_API_KEY[-4:]
        found.save(update_fields=["fingerprint", "hint"])
    return found


def connection_for(team: Team, provider: str) -> str:
    """What a new task of the team runs on. Raises KeyError when the engine serves them not."""
    if not registry.needs_key(provider):
        return provider
    found = next(iter(of_team(team)), None) or of_instance()
    if found is None:
        raise KeyError(provider)
    return str(found.pk)


def serving(team: Team, names: Iterable[str]) -> list[str]:
    """Those of the engines that serve the team now, in the same order."""
    here = [name for name in names if name in registry.names()]
    locked = {name for name in here if registry.needs_key(name)}
    if locked and (of_instance() or of_team(team)):
        locked = set()
    return [name for name in here if name not in locked]


def preferred(team: Team, kind: str, names: list[str]) -> str:
    """Which of these the team wants for this service; the first when it did not say, or cannot have it any more; empty
    when there are none."""
    if len(names) < 2:
        return "".join(names)
    choice = EngineChoice.objects.filter(team=team, kind=kind, provider__in=names).values_list("provider", flat=True)
    return choice.first() or names[0]


def prefer(team: Team, kind: str, provider: str) -> None:
    EngineChoice.objects.update_or_create(team=team, kind=kind, defaults={"provider": provider})


def engine(provider: str, connection: str) -> Engine:
    """The engine as this account sees it. Raises ProviderError when the key is lost or not there any more."""
    if not registry.needs_key(provider):
        return registry.get(provider)
    found = Connection.objects.filter(pk=connection).first() if is_id(connection) else None
    if found is None:
        raise ProviderError(_("The key of this task is not here any more."), code="no-key", retryable=True)
    return _engine(provider, key_of(found), found.pk)


def key_of(connection: Connection) -> str:
    """Raises ProviderError, which asks an admin to connect again."""
    if connection.team_id is None and settings.KIE_API_KEY:
        return str(settings.KIE_API_KEY)
    try:
        return secrets.unseal(connection.secret)
    except secrets.SecretLostError as error:
        words = _("The key cannot be read any more. An admin can connect Kie again.")
        raise ProviderError(words, code="no-key", retryable=True) from error


def webhook_key_of(connection: Connection) -> str:
    """What signs its callbacks; empty when they are not signed. Raises SecretLostError."""
    if connection.webhook_secret:
        return secrets.unseal(connection.webhook_secret)
    return str(settings.KIE_WEBHOOK_KEY) if connection.team_id is None else ""


@lru_cache(maxsize=256)
def _engine(provider: str, key: str, pk: UUID) -> Engine:
    return registry.connect(provider, key=key, pace=pacer(pk))


def pacer(pk: UUID) -> Callable[[bool], float]:
    """Takes the next slot of the account, or only looks: 0 when it is ours, else the seconds until there may be one."""

    def pace(take: bool) -> float:
        mark = Connection.objects.values_list("fingerprint", flat=True).get(pk=pk)
        oldest = Connection.objects.filter(Q(fingerprint=mark) & ~Q(fingerprint="") | Q(pk=pk)).order_by("created_at")
        for _try in range(TRIES):
            keeper, slot = oldest.values_list("pk", "slot")[0]
            wait, following = next_slot(slot, time.time_ns() // 1000)
            if wait:
                return wait / 1_000_000
            if not take or Connection.objects.filter(pk=keeper, slot=slot).update(slot=following):
                return 0.0
        return 1.0  # so many others took one that there can be none left

    return pace


def wait_of(connection: str) -> float:
    """Seconds until the account may begin new work; 0 when it may now, and for what has no such limit."""
    try:
        return pacer(UUID(connection))(False)
    except (ValueError, Connection.DoesNotExist):
        return 0.0


def connect(team: Team, *, key: str, by: User, name: str = "") -> Connection:
    """A key of the team's own, tried first. Raises ProviderError when Kie does not take it."""
    balance = _tried(key)
    return Connection.objects.create(
        team=team, provider=KIE, name=name, made_by=by, balance=balance, balance_at=timezone.now(), **_sealed(key)
    )


def rotate(connection: Connection, *, key: str) -> None:
    """Another key for the same account, from the next request on. Raises ProviderError."""
    balance, now = _tried(key), timezone.now()
    Connection.objects.filter(pk=connection.pk).update(
        balance=balance, balance_at=now, rotated_at=now, trouble_code="", trouble_at=None, **_sealed(key)
    )


def retire(connection: Connection) -> bool:
    """No new task runs on it; those that do, finish. False when it was retired before."""
    return bool(Connection.objects.filter(pk=connection.pk, retired_at=None).update(retired_at=timezone.now()))


def test(connection: Connection) -> Decimal:
    """Ask what is left in the account, and remember it. Raises ProviderError."""
    try:
        balance = _tried(key_of(connection))
    except ProviderError as error:
        note_trouble(str(connection.pk), error)
        raise
    well = {"balance": balance, "balance_at": timezone.now(), "trouble_code": "", "trouble_at": None}
    Connection.objects.filter(pk=connection.pk).update(**well)
    return balance


def set_webhook_key(connection: Connection, key: str) -> None:
    """Empty: callbacks are not signed."""
    Connection.objects.filter(pk=connection.pk).update(webhook_secret=secrets.seal(key) if key else "")


def note_trouble(connection: str, error: ProviderError) -> None:
    """What the account's requests ran into last."""
    if error.code and error.code not in HARMLESS and is_id(connection):
        now = timezone.now()
        Connection.objects.filter(pk=connection).update(trouble_code=error.code[:32], trouble_at=now)


def note_well(connection: str) -> None:
    """It took a request again."""
    if is_id(connection):
        Connection.objects.filter(pk=connection).exclude(trouble_code="").update(trouble_code="", trouble_at=None)


def reseal_all() -> tuple[int, int]:
    """Seal every secret under the newest SECRET_KEY: how many were, and how many are lost."""
    done = lost = 0
    for connection in Connection.objects.exclude(secret="", webhook_secret="").iterator():
        try:
            new = {
                name: secrets.reseal(sealed)
                for name in ("secret", "webhook_secret")
                if (sealed := getattr(connection, name))
            }
            if connection.secret:
                new["fingerprint"] = secrets.fingerprint(secrets.unseal(connection.secret))
        except secrets.SecretLostError:
            lost += 1
            continue
        with transaction.atomic():
            done += Connection.objects.filter(pk=connection.pk, secret=connection.secret).update(**new)
    return done, lost


def _tried(key: str) -> Decimal:
    engine = registry.connect(KIE, key=key, timeouts=TRIAL)
    assert isinstance(engine, KieProvider)
    return engine.credit()


def _sealed(key: str) -> dict[str, str]:
    return {"secret": secrets.seal(key), "fingerprint": secrets.fingerprint(key), "hint": key[-4:]}


def is_id(connection: str) -> bool:
    try:
        UUID(connection)
    except ValueError:
        return False
    return True
