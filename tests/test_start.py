"""`make run`: one start at a time, on free ports, everything ended at the end."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import catalogues, herald, practice, start
from desk import demo_mark

HOME = Path(__file__).resolve().parent.parent


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


# --- What comes before the processes -------------------------------------------------------------
def test_a_bare_clone_gets_a_secret_of_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("IGNORE_DOTENV", raising=False)
    monkeypatch.delenv("XPORT_BASE_URL", raising=False)
    first, second = tmp_path / "first", tmp_path / "second"

    start.write_dotenv(first)
    start.write_dotenv(second)

    assert "DEMO=true" in first.read_text()
    assert first.read_text() != second.read_text()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_dotenv_that_is_there_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.delenv("IGNORE_DOTENV", raising=False)
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n")

    start.write_dotenv(tmp_path / ".env")

    assert (tmp_path / ".env").read_text() == "SECRET_KEY=mine\n"


def test_a_live_desk_gets_no_demo_cards(tmp_path, monkeypatch):
    monkeypatch.delenv("IGNORE_DOTENV", raising=False)
    monkeypatch.setenv("XPORT_BASE_URL", "https://platform.example.com/api")

    start.write_dotenv(tmp_path / ".env")

    assert "DEMO" not in (tmp_path / ".env").read_text()


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_taken_port_is_one_clear_sentence(name, settings):
    settings.PORT, settings.SANDBOX_PORT = free_ports(2)
    settings.XPORT_BASE_URL = f"http://127.0.0.1:{settings.SANDBOX_PORT}/api"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        setattr(settings, name, taken.getsockname()[1])
        settings.XPORT_BASE_URL = f"http://127.0.0.1:{settings.SANDBOX_PORT}/api"

        with pytest.raises(start.CannotStart) as refused:
            start.check_ports()

    sentence = str(refused.value)
    assert f"{name} {taken_port(sentence)} cannot be used (another program" in sentence
    assert f"{name}=" in sentence and "make run" in sentence and "\n" not in sentence


def taken_port(sentence: str) -> str:
    return sentence.split()[1]


def test_without_a_sandbox_of_ours_its_port_may_be_taken(settings):
    settings.PORT = free_ports(1)[0]
    settings.XPORT_BASE_URL = "http://127.0.0.1:9/api"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.SANDBOX_PORT = taken.getsockname()[1]

        start.check_ports()


def test_one_port_for_both_is_refused(settings):
    settings.PORT = settings.SANDBOX_PORT = free_ports(1)[0]
    settings.XPORT_BASE_URL = f"http://127.0.0.1:{settings.PORT}/api"

    with pytest.raises(start.CannotStart, match="must differ"):
        start.check_ports()


def test_words_are_compiled_once_and_again_when_they_change(tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Cart"\nmsgstr "购物车"\n',
        encoding="utf-8",
    )

    assert catalogues.compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert catalogues.compile_catalogues(tmp_path) == []
    assert "购物车".encode() in (folder / "django.mo").read_bytes()

    later = time.time() + 5
    os.utime(source, (later, later))
    assert catalogues.compile_catalogues(tmp_path) == [folder / "django.mo"]


# --- Practice data -------------------------------------------------------------------------------
@pytest.mark.django_db
def test_demo_data_is_for_an_empty_database_only(settings, tmp_path, django_user_model):
    settings.VAR_DIR = tmp_path

    assert practice.is_needed()

    django_user_model.objects.create_user("ana@example.com", name="Ana")
    assert not practice.is_needed()


@pytest.mark.django_db
def test_data_without_our_mark_is_not_thrown_away(settings, tmp_path, django_user_model):
    settings.VAR_DIR = tmp_path
    django_user_model.objects.create_user("ana@example.com", name="Ana")
    (tmp_path / "sandbox.sqlite3").write_text("kept")

    practice.throw_away_unfinished(anew=False)
    with pytest.raises(practice.NotOurs):
        practice.throw_away_unfinished(anew=True)

    assert django_user_model.objects.count() == 1
    assert (tmp_path / "sandbox.sqlite3").exists()


@pytest.mark.django_db
def test_an_empty_database_begins_with_an_empty_platform(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "sandbox.sqlite3").write_text("of another database")

    practice.throw_away_unfinished(anew=False)

    assert not (tmp_path / "sandbox.sqlite3").exists()


@pytest.mark.django_db
def test_the_mark_belongs_to_one_database(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    demo_mark.write("finished")
    assert demo_mark.state() == "finished"

    text = (tmp_path / "demo.json").read_text().replace(demo_mark.database_name(), "another")
    (tmp_path / "demo.json").write_text(text)
    assert demo_mark.state() == ""

    (tmp_path / "demo.json").write_text('{"sta')
    assert demo_mark.state() == ""


# --- What the herald says ------------------------------------------------------------------------
def test_the_herald_names_the_process_and_its_log(monkeypatch):
    monkeypatch.setenv("QUAYSIDE_VAR", str(Path.cwd() / "var"))
    died = {"processname": "worker", "expected": "0"}

    assert herald.sentence_for("PROCESS_STATE_EXITED", died) == (
        "worker ended by itself and is started again; var/log/worker.log may say why."
    )
    assert "not tried again" in herald.sentence_for("PROCESS_STATE_FATAL", died)
    assert herald.sentence_for("PROCESS_STATE_EXITED", died | {"expected": "1"}) == ""


# --- The whole thing -----------------------------------------------------------------------------
class Desk:
    """`python -m config.start` on ports of its own, in a process group of its own."""

    def __init__(self, var: Path) -> None:
        self.port, sandbox_port = free_ports(2)
        # On the database and broker of this test run, so that both forms of the desk are started.
        names = ("PATH", "HOME", "LANG", "DATABASE_URL", "REDIS_URL")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        self.environment = kept | {
            "IGNORE_DOTENV": "1",
            "SECRET_KEY": "only-for-tests-" * 4,
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "SANDBOX_PORT": str(sandbox_port),
        }
        self.lines: list[str] = []
        self.process = self.run()
        threading.Thread(target=self._listen, daemon=True).start()

    def run(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "config.start"],
            cwd=HOME,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def said(self, words: str) -> int:
        return sum(words in line for line in self.lines)

    def wait(self, fact, seconds: float, what: str) -> None:
        until = time.monotonic() + seconds
        while not fact():
            assert time.monotonic() < until, f"{what}\n{''.join(self.lines)}"
            time.sleep(0.1)

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as found:
                return found.status == 200
        except OSError:
            return False

    def worker_was_heard(self) -> bool:
        """Whether a task went from beat through the broker to a worker."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as found:
            ago = json.load(found)["worker"]["seconds_ago"]
        return ago is not None and ago < 5

    def below(self) -> dict[int, str]:
        """Every process started, by id, with its command line."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in found}
        return {pid: line.replace(b"\0", b" ").decode() for pid, line in lines.items()}


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    running = Desk(tmp_path / "var")
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(60)


@pytest.mark.worker
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads processes from /proc")
def test_the_desk_comes_up_heals_and_ends(desk):
    desk.wait(lambda: desk.said("Quayside is up"), 120, "it did not come up")
    assert desk.said(f"http://127.0.0.1:{desk.port}/") == 1
    assert desk.answers("/readyz") and desk.answers("/healthz")
    desk.wait(desk.worker_was_heard, 30, "no task reached the worker")
    started = desk.below()
    assert {"gunicorn", "worker", "beat", "xport.sandbox"} <= {
        word for line in started.values() for word in line.split()
    }

    # A second start from the same folder is refused, and harms nothing.
    second = desk.run()
    assert "already running" in second.communicate(timeout=60)[0]
    assert second.returncode == 1

    # A killed worker is back.
    def workers() -> set[int]:
        return {pid for pid, line in desk.below().items() if " worker " in line}

    worker = min(workers())
    os.kill(worker, signal.SIGKILL)
    desk.wait(lambda: desk.said("worker ended by itself"), 10, "nobody noticed")
    desk.wait(lambda: workers() - {worker}, 10, "no new worker")

    # Ctrl-C, as a terminal sends it: to the group that make started.
    everything = desk.below()
    os.killpg(desk.process.pid, signal.SIGINT)
    desk.process.wait(60)
    assert [line for pid, line in everything.items() if Path(f"/proc/{pid}").exists()] == []
