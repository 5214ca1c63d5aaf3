"""What is counted is on the page, in a form that Prometheus reads, and in no other process's registry."""

from __future__ import annotations

import inspect

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Finding, Handled, Metrics, Settled, Way


def told_everything() -> Metrics:
    metrics = Metrics()
    metrics.updates_taken_in(3, Way.POLL)
    metrics.webhook_answered(403)
    metrics.update_handled(Handled.DONE, 0.02)
    metrics.flooded(6)
    metrics.committed(4)
    metrics.transaction_finished(0.003)
    metrics.notice_settled(Settled.SENT)
    metrics.called("sendMessage", "ok", 0.1)
    metrics.called("getUpdates", "ok", 50)
    metrics.rested(1.5)
    metrics.swept(5, 61)
    metrics.audited(Finding.TIMER, 2)
    metrics.state(ready=True, leading=False)
    metrics.inbox(7, 8.5)
    metrics.outbox(9, 10.5)
    metrics.archive(11, 12.5)
    metrics.sealing(13, 14.5)
    metrics.posting(15, 16.5)
    return metrics


def test_everything_that_is_told_can_be_read() -> None:
    page, kind = told_everything().exposed()
    assert kind.startswith("text/plain")
    families = {family.name: family for family in text_string_to_metric_families(page.decode())}
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert samples["disposisi_updates_taken_in_total", "poll"] == 3
    assert samples["disposisi_updates_taken_in_total", "webhook"] == 0, "a series is there before its first event"
    assert samples["disposisi_webhook_requests_total", "403"] == 1
    assert samples["disposisi_updates_handled_total", "done"] == 1
    assert samples["disposisi_updates_handled_total", "set-aside"] == 6
    assert samples["disposisi_update_handling_seconds_bucket", "0.025"] == 1
    assert samples["disposisi_update_handling_seconds_bucket", "0.01"] == 0
    assert samples["disposisi_commit_pieces_sum",] == 4
    assert samples["disposisi_transaction_seconds_count",] == 1
    assert samples["disposisi_notices_settled_total", "sent"] == 1
    assert samples["disposisi_calls_total", "ok", "sendMessage"] == 1
    assert samples["disposisi_calls_total", "ok", "getUpdates"] == 1
    assert samples["disposisi_call_seconds_count",] == 1, "a long poll waits on purpose"
    assert samples["disposisi_rate_wait_seconds_total",] == 1.5
    assert samples["disposisi_rungs_climbed_total",] == 5
    assert samples["disposisi_rung_lateness_seconds_bucket", "60.0"] == 0
    assert samples["disposisi_rung_lateness_seconds_bucket", "120.0"] == 1
    assert samples["disposisi_audit_findings_total", "timer"] == 2
    assert (samples["disposisi_ready",], samples["disposisi_leader",]) == (1, 0)
    assert (samples["disposisi_inbox_waiting",], samples["disposisi_inbox_oldest_seconds",]) == (7, 8.5)
    assert (samples["disposisi_outbox_owed",], samples["disposisi_outbox_oldest_seconds",]) == (9, 10.5)
    assert (samples["disposisi_archive_waiting",], samples["disposisi_archive_oldest_seconds",]) == (11, 12.5)
    assert (samples["disposisi_unsealed_chains",], samples["disposisi_unsealed_oldest_seconds",]) == (13, 14.5)
    assert (samples["disposisi_unposted_checkpoints",], samples["disposisi_unposted_oldest_seconds",]) == (15, 16.5)
    assert samples["process_resident_memory_bytes",] > 0


def test_each_process_counts_for_itself() -> None:
    told_everything()
    assert Metrics().value("disposisi_rungs_climbed_total") == 0


def test_a_sweep_without_rungs_is_never_late() -> None:
    metrics = Metrics()
    metrics.swept(0, 500)
    assert metrics.value("disposisi_rung_lateness_seconds_count") == 0


def test_no_label_could_name_a_person() -> None:
    page, _ = told_everything().exposed()
    labels = {
        name
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
        for name in sample.labels
    }
    assert labels == {"way", "status", "outcome", "method", "fate", "kind", "le"}


def test_this_test_leaves_nothing_out() -> None:
    told = {name for name, _ in inspect.getmembers(Metrics, inspect.isfunction) if not name.startswith("_")}
    source = inspect.getsource(told_everything)
    assert {name for name in told if f"metrics.{name}(" not in source} == {"exposed", "value"}
