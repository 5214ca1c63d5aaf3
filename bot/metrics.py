"""What the process counts and measures, in the form that Prometheus reads.

Each part counts what it does in one `Metrics`, which costs next to nothing if it is never read. Labels are kinds and
outcomes, never a person, a chat or a text.
"""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Seconds that a person waits: from what is not felt to what is given up."""

LATE = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 4 * 3600, 24 * 3600)
"""Seconds by which a rung may be late; 60 is what we promise."""

PIECES = (1, 2, 4, 8, 16, 32, 64)


class Way(StrEnum):
    """How an update came in."""

    POLL = "poll"
    WEBHOOK = "webhook"


class Handled(StrEnum):
    """What became of an attempt to handle an update. After FAILED there is another one."""

    DONE = "done"
    FAILED = "failed"
    SET_ASIDE = "set-aside"


class Settled(StrEnum):
    """What became of a notice: delivered, or given up because its reader or Telegram does not take it."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class Finding(StrEnum):
    """What the audit has repaired: a timer set again, a card dealt again, a card refreshed, a notice sent again.

    STUCK is a case that only a person can repair.
    """

    TIMER = "timer"
    CARD = "card"
    DRAWING = "drawing"
    NOTICE = "notice"
    STUCK = "stuck"


class Metrics:
    """The counts and measures of one process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._taken_in = Counter(
            "disposisi_updates_taken_in",
            "Updates received and stored, by the way they came in.",
            ["way"],
            registry=registry,
        )
        self._webhook = Counter(
            "disposisi_webhook_requests", "Requests to the webhook, by status.", ["status"], registry=registry
        )
        self._handled = Counter(
            "disposisi_updates_handled", "Attempts to handle an update, by outcome.", ["outcome"], registry=registry
        )
        self._handling = Histogram(
            "disposisi_update_handling_seconds", "Time an attempt took.", buckets=SHORT, registry=registry
        )
        self._transaction = Histogram(
            "disposisi_transaction_seconds",
            "Time from handing in a piece of work to its commit.",
            buckets=SHORT,
            registry=registry,
        )
        self._pieces = Histogram(
            "disposisi_commit_pieces", "Pieces of work that shared a commit.", buckets=PIECES, registry=registry
        )
        self._notices = Counter(
            "disposisi_notices_settled", "Notices carried out or given up, by outcome.", ["outcome"], registry=registry
        )
        self._calls = Counter(
            "disposisi_calls", "Bot API calls, by method and fate.", ["method", "fate"], registry=registry
        )
        self._calling = Histogram(
            "disposisi_call_seconds",
            "Time a Bot API call took, without getUpdates, which waits on purpose.",
            buckets=SHORT,
            registry=registry,
        )
        self._rested = Counter(
            "disposisi_rate_wait_seconds", "Time sends waited for Telegram's rates.", registry=registry
        )
        self._rungs = Counter("disposisi_rungs_climbed", "Rungs of the ladders climbed.", registry=registry)
        self._lateness = Histogram(
            "disposisi_rung_lateness_seconds",
            "How late the longest overdue rung of a sweep was.",
            buckets=LATE,
            registry=registry,
        )
        self._findings = Counter(
            "disposisi_audit_findings", "What the audit found, by kind.", ["kind"], registry=registry
        )
        self._leader = Gauge("disposisi_leader", "1 while this process polls, chases and audits.", registry=registry)
        self._ready = Gauge("disposisi_ready", "1 while every check of /readyz is well.", registry=registry)
        self._waiting = Gauge("disposisi_inbox_waiting", "Updates not yet handled.", registry=registry)
        self._waited = Gauge("disposisi_inbox_oldest_seconds", "Age of the oldest of them.", registry=registry)
        self._owed = Gauge("disposisi_outbox_owed", "Notices not yet delivered.", registry=registry)
        self._owing = Gauge(
            "disposisi_outbox_oldest_seconds", "For how long a chat that is owed some has got none.", registry=registry
        )
        self._unkept = Gauge(
            "disposisi_archive_waiting", "Files not yet in the archive, 1000 at most.", registry=registry
        )
        self._unkept_for = Gauge("disposisi_archive_oldest_seconds", "Age of the oldest of them.", registry=registry)
        self._unsealed = Gauge(
            "disposisi_unsealed_chains", "Chains with entries that no checkpoint covers.", registry=registry
        )
        self._unsealed_for = Gauge(
            "disposisi_unsealed_oldest_seconds", "Age of the first of these entries.", registry=registry
        )
        self._kept_back = Gauge(
            "disposisi_unposted_checkpoints",
            "Checkpoints that CHECKPOINT_URL or CHECKPOINT_CHAT has not got yet.",
            registry=registry,
        )
        self._kept_back_for = Gauge(
            "disposisi_unposted_oldest_seconds", "Age of the oldest of them.", registry=registry
        )
        for way in Way:
            self._taken_in.labels(way.value)
        for outcome in Handled:
            self._handled.labels(outcome.value)
        for settled in Settled:
            self._notices.labels(settled.value)
        for kind in Finding:
            self._findings.labels(kind.value)

    def updates_taken_in(self, count: int, way: Way) -> None:
        """Count updates that were received and stored; one that came again counts again."""
        self._taken_in.labels(way.value).inc(count)

    def webhook_answered(self, status: int) -> None:
        """Count a request to the webhook, from Telegram or a stranger."""
        self._webhook.labels(str(status)).inc()

    def update_handled(self, outcome: Handled, seconds: float) -> None:
        """Count an attempt to handle an update, which took so long."""
        self._handled.labels(outcome.value).inc()
        self._handling.observe(seconds)

    def flooded(self, count: int) -> None:
        """Count updates that were set aside unhandled, because too many of their chat were waiting."""
        self._handled.labels(Handled.SET_ASIDE.value).inc(count)

    def committed(self, pieces: int) -> None:
        """Count a commit that so many pieces of work shared."""
        self._pieces.observe(pieces)

    def transaction_finished(self, seconds: float) -> None:
        """Note how long a piece of work waited for its commit, its own time included."""
        self._transaction.observe(seconds)

    def notice_settled(self, outcome: Settled) -> None:
        """Count a notice that was carried out or given up."""
        self._notices.labels(outcome.value).inc()

    def called(self, method: str, fate: str, seconds: float) -> None:
        """Count a Bot API call; `fate` is ok or what the failure means, such as `limited` for a 429."""
        self._calls.labels(method, fate).inc()
        if method != "getUpdates":
            self._calling.observe(seconds)

    def rested(self, seconds: float) -> None:
        """Count the time that a send waited for Telegram's rates."""
        self._rested.inc(seconds)

    def swept(self, rungs: int, late_seconds: float) -> None:
        """Count the rungs that one sweep climbed, and note how late the longest overdue of them was."""
        if rungs:
            self._rungs.inc(rungs)
            self._lateness.observe(max(0.0, late_seconds))

    def audited(self, kind: Finding, count: int) -> None:
        """Count what an audit found."""
        self._findings.labels(kind.value).inc(count)

    def state(self, *, ready: bool, leading: bool) -> None:
        """Note how the process stands at this moment."""
        self._ready.set(ready)
        self._leader.set(leading)

    def inbox(self, waiting: int, oldest_seconds: float) -> None:
        """Note how many updates wait at this moment, and the age of the oldest."""
        self._waiting.set(waiting)
        self._waited.set(oldest_seconds)

    def outbox(self, owed: int, oldest_seconds: float) -> None:
        """Note how many notices are owed at this moment, and the age of the oldest."""
        self._owed.set(owed)
        self._owing.set(oldest_seconds)

    def archive(self, waiting: int, oldest_seconds: float) -> None:
        """Note how many files are not in the archive yet at this moment, and the age of the oldest."""
        self._unkept.set(waiting)
        self._unkept_for.set(oldest_seconds)

    def sealing(self, waiting: int, oldest_seconds: float) -> None:
        """Note how many chains have entries that no checkpoint covers, and the age of the first of these entries."""
        self._unsealed.set(waiting)
        self._unsealed_for.set(oldest_seconds)

    def posting(self, waiting: int, oldest_seconds: float) -> None:
        """Note how many checkpoints have not come outside the machine yet, and the age of the oldest."""
        self._kept_back.set(waiting)
        self._kept_back_for.set(oldest_seconds)

    def exposed(self, accepted: str = "") -> tuple[bytes, str]:
        """Return everything as a page, and its content type. `accepted` is the Accept header of the request."""
        encode, kind = choose_encoder(accepted)
        return encode(self._registry), kind

    def value(self, name: str, **labels: str) -> float:
        """Return one value by its name on the page, 0 where nothing was counted."""
        return self._registry.get_sample_value(name, labels) or 0.0
