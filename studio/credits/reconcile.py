"""Proves that the wallets add up, and names every row that does not fit. It repairs nothing.

A rule is a question to the database whose answer is empty while all is well: the database compares, and only the rows
that do not fit travel. The rules do not lean on the constraints of the tables; those are asked once more themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CheckConstraint,
    Count,
    Exists,
    F,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from studio.credits.models import CreditAccount, Entry, Hold


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken_by` are the rows that do not fit, each with what is `expected` there and what was `found`."""

    name: str
    broken_by: Callable[[], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Misfit:
    table: str
    id: str
    rule: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.rule}: expected {self.expected}, is {self.found}"


def misfits(rules: Iterable[Rule]) -> Iterator[Misfit]:
    for rule in rules:
        rows = rule.broken_by()
        table = rows.model._meta.db_table
        for pk, expected, found in rows.order_by("pk").values_list("pk", "expected", "found").iterator():
            yield Misfit(table, str(pk), rule.name, str(expected), str(found))


def differ(rows: QuerySet[Any], *, expected: Any, found: Any) -> QuerySet[Any]:
    """Those of `rows` where the two are not the same."""
    wrong: QuerySet[Any] = rows.annotate(expected=expected, found=found).exclude(found=F("expected"))
    return wrong


def own_rules_of(model: type[Model]) -> Iterator[Rule]:
    """What the table itself must refuse: rows that break a check, or point at nothing. A restored or patched file may
    hold them all the same."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            yield _check_of(model, constraint)
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey):
            yield _link_of(model, field)


def _check_of(model: type[Model], constraint: CheckConstraint) -> Rule:
    broken = {"expected": Value("yes"), "found": Value("no")}
    rows = model._default_manager.filter(~Q(constraint.condition)).annotate(**broken)
    return Rule(constraint.name.replace("_", " "), lambda: rows)


def _link_of(model: type[Model], field: "ForeignKey[Any, Any]") -> Rule:
    target = field.related_model
    there = target._base_manager.filter(pk=OuterRef(field.attname))
    lost = model._default_manager.filter(~Exists(there), **{f"{field.attname}__isnull": False})
    expected = Value(f"a row of {target._meta.db_table}", output_field=TextField())
    rows = lost.annotate(expected=expected, found=Cast(field.attname, TextField()))
    return Rule(f"its {field.name} exists", lambda: rows)


def _balances() -> QuerySet[Any]:
    entries = Coalesce(Sum("entries__amount"), 0)
    return differ(CreditAccount.objects.all(), expected=entries, found=F("available") + F("held"))


def _holdings() -> QuerySet[Any]:
    holds = Coalesce(Sum("holds__amount", filter=Q(holds__state=Hold.State.OPEN)), 0)
    return differ(CreditAccount.objects.all(), expected=holds, found=F("held"))


def _charges() -> QuerySet[Any]:
    return differ(Hold.objects.all(), expected=-F("charged"), found=Coalesce("entry__amount", 0))


def _doubles() -> QuerySet[Any]:
    rows = Hold.objects.annotate(found=Count("entry"), expected=Value("one at most"))
    return rows.filter(found__gt=1)


def _strays() -> QuerySet[Any]:
    charges = Entry.objects.filter(hold__isnull=False)
    return differ(charges, expected=F("hold__account"), found=F("account"))


RULES = (
    Rule("available + held is the sum of its entries", _balances),
    Rule("held is the sum of its open holds", _holdings),
    Rule("the entry of a hold is what it charged", _charges),
    Rule("a hold has one entry", _doubles),
    Rule("an entry is in the account of its hold", _strays),
    *(rule for model in (CreditAccount, Hold, Entry) for rule in own_rules_of(model)),
)


def counts() -> dict[str, int]:
    """How much was looked at; amounts in hundredths of a credit."""
    sums = CreditAccount.objects.aggregate(
        wallets=Count("pk"), available=Coalesce(Sum("available"), 0), held=Coalesce(Sum("held"), 0)
    )
    holds = Hold.objects.aggregate(**{f"{state}_holds": Count("pk", filter=Q(state=state)) for state in Hold.State})
    entries = Entry.objects.aggregate(
        entries=Count("pk"),
        granted=Coalesce(Sum("amount", filter=Q(kind=Entry.Kind.GRANT)), 0),
        charged=-Coalesce(Sum("amount", filter=Q(kind=Entry.Kind.CHARGE)), 0),
    )
    return {name: int(count) for name, count in {**sums, **holds, **entries}.items()}
