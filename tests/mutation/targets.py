"""What is mutated, and which tests must notice: those that tell the rules of a target, and take seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Files whose code is mutated, and the test files or folders that run on each mutant that they reach."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "standard": Target(("models/rules/standard.py",), ("tests/models/rules/test_sop.py",)),
    "ladder": Target(("models/rules/ladder.py",), ("tests/models/rules/test_ladder.py",)),
    "calendar": Target(("models/rules/work_calendar.py",), ("tests/models/rules/test_work_calendar.py",)),
    "sop": Target(
        (
            "models/rules/sop.py",
            "models/rules/step_kinds.py",
            "models/rules/actions.py",
            "models/rules/complete.py",
            "models/rules/urgency.py",
        ),
        (
            "tests/models/rules/test_sop.py",
            "tests/models/rules/test_actions.py",
            "tests/models/rules/test_complete.py",
            "tests/models/rules/test_urgency.py",
        ),
    ),
    "document": Target(("models/rules/document.py",), ("tests/models/rules/test_document.py",)),
    "sop-file": Target(("models/rules/sop_file.py",), ("tests/models/rules/test_sop.py",)),
    "office-file": Target(("models/rules/office_file.py",), ("tests/models/rules/test_office_file.py",)),
    "daily-work": Target(
        (
            "models/rules/asking.py",
            "models/rules/credit.py",
            "models/rules/extending.py",
            "models/rules/pausing.py",
            "models/rules/period.py",
            "models/rules/reminding.py",
            "models/rules/sop_form.py",
            "models/rules/unknown_days.py",
        ),
        (
            "tests/models/rules/test_asking.py",
            "tests/models/rules/test_credit.py",
            "tests/models/rules/test_extending.py",
            "tests/models/rules/test_pausing.py",
            "tests/models/rules/test_period.py",
            "tests/models/rules/test_reminding.py",
            "tests/models/rules/test_sop_form.py",
            "tests/models/rules/test_unknown_days.py",
            "tests/models/rules/test_office_file.py",
        ),
    ),
    "fair-figures": Target(
        ("models/statistics/holding.py", "models/statistics/stretches.py", "models/statistics/digest.py"),
        (
            "tests/models/statistics/test_holding.py",
            "tests/models/statistics/test_stretches.py",
            "tests/models/statistics/test_digest.py",
        ),
    ),
    "journal": Target(("models/journal/chain.py",), ("tests/models/journal",)),
    "verification": Target(
        ("models/proof/verification.py",),
        (
            "tests/models/proof/test_verification.py",
            "tests/models/proof/test_breaches.py",
            "tests/models/proof/test_testimony.py",
        ),
    ),
    "admission": Target(
        ("models/administration/admission.py", "models/administration/consent.py"),
        ("tests/models/administration/test_admission.py", "tests/models/administration/test_consent.py"),
    ),
    "presses": Target(
        ("models/repository/presses.py",),
        ("tests/models/repository/test_presses.py",),
    ),
    "inbox": Target(("bot/updates/inbox.py",), ("tests/bot/updates/test_storing.py",)),
    "outbox": Target(
        ("bot/notices/outbox.py", "bot/notices/outcomes.py"),
        ("tests/bot/notices/test_outbox.py", "tests/bot/notices/test_outcomes.py"),
    ),
}
