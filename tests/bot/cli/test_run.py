"""`disposisi run`: it serves until it is told to end, and says what keeps it from starting."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.command_line import TOKEN, Disposisi


class TestRun:
    @pytest.mark.usefixtures("telegram")
    def test_it_serves_until_told_to_end_and_refuses_a_second_one(self, tmp_path: Path) -> None:
        root = str(Path(__file__).parents[3])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "error"}
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as bot:
            assert bot.stderr
            log: list[str] = []
            while "@disposisi_bot serves" not in (line := bot.stderr.readline()):
                assert line, "".join(log)
                log.append(line)
            second = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=30, check=False
            )
            assert second.returncode == 1
            assert "is already served by process" in second.stderr
            assert "Traceback" not in second.stderr
            bot.terminate()
            assert bot.wait(30) == 0
            log += bot.stderr.readlines()
        assert TOKEN not in "".join(log)

    @pytest.mark.usefixtures("telegram")
    def test_systemd_is_told_that_it_lives_what_it_does_and_that_it_ends(self, tmp_path: Path) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.bind(str(tmp_path / "notify"))
            systemd.settimeout(60)
            environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "WATCHDOG_USEC": "1000000"}
            environment["NOTIFY_SOCKET"] = systemd.getsockname()
            told: set[str] = set()
            with subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL
            ) as bot:
                while not {"WATCHDOG=1", "STATUS=serves @disposisi_bot"} <= told:
                    told.add(systemd.recv(4096).decode())
                bot.terminate()
                assert bot.wait(30) == 0
            while "STOPPING=1\nSTATUS=ending" not in told:
                told.add(systemd.recv(4096).decode())
        assert "READY=1\nSTATUS=waits for the tables and for Telegram" in told

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [({}, "TELEGRAM_BOT_TOKEN is not set"), ({"OFFICE_FILE": "nowhere.toml"}, "nowhere.toml")],
    )
    def test_a_collector_of_logs_sees_why_it_does_not_start(
        self, tmp_path: Path, wrong: dict[str, str], told: str
    ) -> None:
        root = str(Path(__file__).parents[3])
        environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "error", "LOG_FORMAT": "json", **wrong}
        if wrong:
            environment["TELEGRAM_BOT_TOKEN"] = TOKEN
        command = [sys.executable, "-m", "bot", "run"]
        bot = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert bot.returncode == 1
        lines = [json.loads(line) for line in bot.stderr.splitlines()]
        assert [line["level"] for line in lines] == ["CRITICAL"]
        assert told in lines[0]["message"]

    def test_without_a_token_it_says_where_to_get_one(self, disposisi: Disposisi) -> None:
        said = disposisi("run")
        assert said.code == 1
        assert "@BotFather" in said.err

    def test_a_collector_of_logs_reads_nothing_but_lines_of_the_log(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        assert "Starting with" in disposisi("run", "--no-migrate").out
        monkeypatch.setenv("LOG_FORMAT", "json")
        assert disposisi("run", "--no-migrate").out == ""
