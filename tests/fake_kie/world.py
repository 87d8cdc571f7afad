"""All that the fake knows, and how it may be changed from a test or from the control endpoint."""

import threading
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.fake_kie.accounts import Account
from tests.fake_kie.callbacks import Callbacks
from tests.fake_kie.faults import Fault, Faults
from tests.fake_kie.log import Log
from tests.fake_kie.plans import ENDS, FAILED, MISSING, SUCCESS, Family, Plan, Task
from tests.fake_kie.wire import Body, Call, RefusedError

KEY = "kie-key"
BALANCE = "1000.62"  # fractional, as observed
DAY = 86_400
UNKNOWN = {"null": (200, "success"), "422": (422, "recordInfo is null"), "404": (404, "Not Found")}


@dataclass(slots=True)
class Settings:
    """Where kie-api.md is unsure, or where a test wants less of the truth."""

    unknown: str = "null"  # or 422, 404: the answer for an id that is not there, or of another family or key
    too_early: str = "422"  # the same for a record that is not there yet
    http_errors: bool = False  # the HTTP status says what the body's code says
    create_limit: int | None = 20  # in ten seconds, per key (kie-api.md 1.5)
    query_limit: int | None = 3  # in a second, per task
    media_days: float | None = 14
    upload_days: float | None = 3


@dataclass(slots=True)
class Upload:
    content: bytes
    at: float


class World:
    def __init__(self, key: str = KEY, balance: str | float = BALANCE) -> None:
        self.key, self.balance = key, balance
        self.url = ""
        self.lock = threading.RLock()
        self.stopping = threading.Event()
        self.gate = threading.Event()
        self.reset()

    def reset(self) -> None:
        """As new: no tasks, one key, nothing wrong."""
        for task in getattr(self, "tasks", {}).values():
            stop_timer(task)
        self.settings = Settings()
        self.accounts: dict[str, Account] = {}
        self.account(self.key, self.balance)
        self.tasks: dict[str, Task] = {}
        self.plans = [Plan()]
        self.faults = Faults()
        self.log = Log()
        self.callbacks = Callbacks()
        self.uploads: dict[str, Upload] = {}
        self.web: dict[str, bytes] = {}  # what file-url-upload finds in the wide world
        self.skipped = 0.0
        self.release()

    # Time

    def now(self) -> float:
        return time.time() + self.skipped

    def advance(self, seconds: float) -> None:
        """Lets time pass for tasks, limits, results and uploads; what falls due in it happens now."""
        with self.lock:
            self.skipped += seconds
            for task in self.tasks.values():
                self.settle(task)

    # Scripting

    def account(self, key: str, balance: str | float = BALANCE) -> Account:
        """Lets a key in, and sets its balance."""
        with self.lock:
            account = self.accounts.setdefault(key, Account(key, Decimal()))
            account.credits = Decimal(str(balance))
            return account

    def plan(self, **says: Any) -> Plan:
        """How the next tasks go; see Plan."""
        plan = Plan(**says)
        self.plans.insert(0, plan)
        return plan

    def fault(self, endpoint: str, kind: str = "answer", **says: Any) -> Fault:
        """What goes wrong next; see Fault."""
        fault = Fault(endpoint=endpoint, kind=kind, **says)
        self.faults.all.append(fault)
        return fault

    def release(self) -> None:
        """Lets every call go on that hangs now."""
        self.gate.set()
        self.gate = threading.Event()

    def finish(self, task_id: str, end: str = SUCCESS) -> None:
        """Ends a task now, whatever its plan says."""
        if end not in ENDS:
            raise ValueError(f"a task ends as one of {', '.join(sorted(ENDS))}")
        with self.lock:
            task = self.tasks[task_id]
            task.finish(end)
            self.settle(task)

    def callback(self, task_id: str, word: str = "final") -> None:
        """Sends a callback once more, or out of order; see Callbacks for the words."""
        task = self.tasks[task_id]
        self.notify(task, (word,), task.step(self.now()))

    def notice(self, task_id: str, word: str = "final") -> tuple[Body, dict[str, str]]:
        """Body and signature headers of a callback, for a test that delivers it by itself."""
        task = self.tasks[task_id]
        body = task.family.news(task, word if word in {SUCCESS, FAILED} else task.step(self.now()))
        if body is None:
            raise ValueError("the task has nothing to tell yet")
        return body, self.callbacks.headers(task.id, word)

    # What the families use

    def account_of(self, call: Call) -> Account:
        if call.key not in self.accounts:
            raise RefusedError(401, "You do not have access permissions")
        return self.accounts[call.key]

    def create(self, family: Family, call: Call, params: Body, price: Decimal, plan: Plan | None = None) -> Task:
        """Charges and begins a task; `plan` overrules the script (an unreadable input, say)."""
        account = self.account_of(call)
        account.charge(price)
        plan = plan or self.plan_for(str(params.get("prompt", "")))
        task = Task(
            family=family,
            account=account,
            plan=plan,
            params=params,
            sent=call.body,
            price=price,
            created=self.now(),
            root=self.url,
        )
        self.tasks[task.id], call.task = task, task.id
        if plan.early:
            call.first += self.notify(task, plan.callbacks, task.steps[-1])
        self.settle(task)
        return task

    def plan_for(self, prompt: str) -> Plan:
        plan = next(plan for plan in self.plans if plan.fits(prompt))
        if plan.times is not None:
            plan.times -= 1
        return plan

    def query(self, family: Family, call: Call) -> Task:
        """The task for its record: of this family and this key, and there already (kie-api.md 1.7, 12.4)."""
        task = self.find(family, call.query.get("taskId", ""), call)
        limit = self.settings.query_limit
        if limit is not None and not task.asked.take(self.now(), most=limit, seconds=1):
            raise RefusedError(429, "Too many queries for this task", status=429)
        task.queries += 1
        self.settle(task)
        if task.step(self.now()) == MISSING:
            raise RefusedError(*UNKNOWN[self.settings.too_early])
        return task

    def find(self, family: Family, task_id: str, call: Call) -> Task:
        if not task_id:
            raise RefusedError(422, "taskId cannot be blank")
        task = self.tasks.get(task_id)
        if task is None or task.family is not family or task.account is not self.account_of(call):
            raise RefusedError(*UNKNOWN[self.settings.unknown])
        return task

    def expired(self, since: float, days: float | None) -> bool:
        return days is not None and self.now() - since > days * DAY

    # The course of a task

    def settle(self, task: Task) -> None:
        """Tells the news of every step that was reached, once; gives the price back when it failed."""
        with self.lock:
            stop_timer(task)
            now = self.now()
            place = int(task.place(now))
            for number in range(task.told + 1, place + 1):
                task.told = number
                step = task.steps[number]
                if step in ENDS:
                    task.completed = task.reached(number, now)
                if step in ENDS - {SUCCESS}:
                    task.account.refund(task.price)
                if not task.plan.early:
                    # a lie about the end is told once, at the end
                    words = (word for word in task.plan.callbacks if step in ENDS or word not in {SUCCESS, FAILED})
                    self.notify(task, tuple(words), step)
            if task.plan.every is not None and place < len(task.steps) - 1 and not self.stopping.is_set():
                wait = task.created + (place + 1) * task.plan.every - now
                task.timer = threading.Timer(max(wait, 0.001), self.settle, (task,))
                task.timer.daemon = True
                task.timer.start()

    def notify(self, task: Task, words: tuple[str, ...], step: str) -> list[threading.Thread]:
        notices = []
        for word in words:
            body = task.family.news(task, word if word in {SUCCESS, FAILED} else step)
            if body is not None:
                notices.append((word, body))
        thread = self.callbacks.send(task.params.get("callBackUrl"), task.id, notices)
        return [thread] if thread else []


def stop_timer(task: Task) -> None:
    if task.timer is not None:
        task.timer.cancel()
        task.timer = None
