import os
import time
from pathlib import Path

import pytest

from dxreport.lib import limited
from dxreport.lib.limited import MIB, Crashed, LimitReached, Limits, Refused
from tests.lib import limited_samples as samples


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_values_come_back_in_order_from_bytes_and_from_a_file(tmp_path):
    data = "một\nhai\n".encode()
    path = tmp_path / "file"
    path.write_bytes(data)
    assert limited.run(samples.lines, data).values == ["một", "hai"]
    assert limited.run(samples.lines, path, prefix="> ").values == ["> một", "> hai"]


def test_a_child_knows_no_django_no_secret_and_no_folder_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    (found,) = limited.run(samples.surroundings, b"").values
    assert [name for name in found["modules"] if name.split(".")[0] in ("django", "openpyxl", "site")] == []
    assert "SECRET_KEY" not in found["environment"]
    assert found["folder"] == "/"


def test_installed_packages_are_there_for_whoever_asks_and_django_still_is_not(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    (found,) = limited.run(samples.installed, b"", with_packages=True).values
    assert (found["package"], found["django"]) == ("jinja2", False)
    assert "SECRET_KEY" not in found["environment"]
    with pytest.raises(Crashed, match="jinja2"):
        limited.run(samples.installed, b"")


def test_memory_is_limited_and_what_was_used_is_told():
    assert limited.run(samples.eats, b"", megabytes=40).peak_memory > 40 * MIB
    with pytest.raises(LimitReached, match="memory"):
        limited.run(samples.eats, b"", limits=Limits(memory=128 * MIB), megabytes=200)


def test_without_its_guard_a_child_would_take_more_memory_than_allowed(monkeypatch):
    off = (
        "import main; from dxreport.lib import limited_child; limited_child._limit = lambda **_: None; main()"
    )
    monkeypatch.setattr(limited, "_START", limited._START.replace("import main; main()", off))
    outcome = limited.run(samples.eats, b"", limits=Limits(memory=128 * MIB), megabytes=200)
    assert outcome.peak_memory > 200 * MIB


def test_processor_time_is_limited():
    with pytest.raises(LimitReached, match="cpu"):
        limited.run(samples.spins, b"", limits=Limits(cpu_seconds=1))


def test_waiting_is_limited():
    begun = time.monotonic()
    with pytest.raises(LimitReached, match="wall"):
        limited.run(samples.sleeps, b"", limits=Limits(wall_seconds=0.5))
    assert time.monotonic() - begun < 5
    assert children() == []


def test_the_answer_is_limited():
    with pytest.raises(LimitReached, match="output"):
        limited.run(samples.shouts, b"", limits=Limits(output=MIB))


def test_a_child_writes_no_file(tmp_path):
    path = tmp_path / "file"
    with pytest.raises(Crashed, match="File too large"):
        limited.run(samples.writes, b"", path=str(path))
    assert path.stat().st_size == 0


def test_a_refusal_comes_back_as_it_was_raised():
    with pytest.raises(Refused) as caught:
        limited.run(samples.refuses, b"")
    assert (caught.value.code, caught.value.named) == ("order", {"sheet": "Trang 1", "cell": "B7"})


def test_an_error_nobody_foresaw_is_named():
    with pytest.raises(Crashed, match="ZeroDivisionError: on line 3"):
        limited.run(samples.fails, b"")


def test_a_child_that_ends_without_a_word_is_a_crash():
    with pytest.raises(Crashed, match="without a word"):
        limited.run(samples.dies, b"")


def test_no_process_and_no_open_file_is_left_behind():
    before = os.listdir("/proc/self/fd")
    limited.run(samples.lines, b"one")
    for function in (samples.dies, samples.refuses):
        with pytest.raises((Refused, Crashed)):
            limited.run(function, b"one")
    assert children() == []
    assert len(os.listdir("/proc/self/fd")) == len(before)
