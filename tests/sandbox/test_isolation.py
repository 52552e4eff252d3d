"""What hostile code tries, against every backend that works here: reading, writing, network, processes, resources."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
import sandbox_attacks  # the folder of a test is on the path
from sandbox_support import HERE, LIMITS, alive, answer, make_server, needs

import grader
from grader.sandbox import Limits
from grader.sandbox.limits import tasks_of_user

pytestmark = pytest.mark.xdist_group("sandbox")

ROOT = Path(grader.__file__).resolve().parent.parent


def attack(server, name: str, /, **arguments):
    """[whether it worked, what came of it]."""
    with server.start(f"sandbox_attacks:{name}", json.dumps(arguments).encode()) as job:
        return answer(job)


def refused(server, name: str, /, **arguments) -> None:
    worked, what = attack(server, name, **arguments)
    assert not worked, what


# ------------------------------------------------------------------------------------------------ files


def test_a_secret_file_cannot_be_read(server, secrets):
    path = str(secrets / "answers.txt")
    refused(server, "read_file", path=path)
    refused(server, "climb_out", path=path)
    refused(server, "hard_link", path=path)
    refused(server, "list_folder", path=str(secrets))


@pytest.mark.parametrize(
    "path",
    [Path.home(), ROOT, ROOT / "solutions", ROOT / "tests", ROOT / "notebooks", ROOT / ".git", "/etc/ssh", "/root"],
)
def test_home_and_project_cannot_be_read(server, path):
    worked, what = attack(server, "list_folder", path=str(path))
    # A private root has the folders on the way to what is shown, and nothing else in them.
    shown = {part for shown in server_paths(server) for part in Path(shown).parts}
    assert not worked or set(what) <= shown, what


def server_paths(server) -> list[str]:
    from grader.sandbox.confine import readable_paths

    return readable_paths([*server._read_only, *server._roots, *server._path])


@pytest.mark.parametrize("name", ["pyproject.toml", "README.md", "tests/sandbox/conftest.py", ".git/HEAD", "uv.lock"])
def test_project_files_cannot_be_read(server, name):
    refused(server, "read_file", path=str(ROOT / name))


def test_nothing_outside_can_be_written(server, secrets):
    refused(server, "write_file", path=str(secrets / "answers.txt"))
    refused(server, "write_file", path=str(secrets / "open" / "new.txt"))
    refused(server, "write_file", path=str(ROOT / "grader" / "owned.py"))
    refused(server, "writable_places")
    assert (secrets / "answers.txt").read_text() == "the answers"
    assert not list((secrets / "open").iterdir())


def test_a_job_reads_what_it_was_given_and_only_that(server, allowed):
    given, other = allowed / "data.csv", allowed / "other.csv"
    with server.start("sandbox_attacks:read_file", json.dumps({"path": str(given)}).encode(), read_only=[given]) as job:
        assert answer(job) == [True, "1,2,3\n"]
    with server.start("sandbox_attacks:read_file", json.dumps({"path": str(other)}).encode(), read_only=[given]) as job:
        assert answer(job)[0] is False
    with server.start(
        "sandbox_attacks:write_file", json.dumps({"path": str(given)}).encode(), read_only=[given]
    ) as job:
        assert answer(job)[0] is False
    assert given.read_text() == "1,2,3\n"


def test_the_private_root_holds_nothing_else(secrets):
    needs("namespaces")
    with make_server("namespaces") as server:
        skip = [path for path in server_paths(server) if path != str(Path(__file__).parent)]
        with server.start("sandbox_attacks:tree", json.dumps([*skip, "/proc", "/dev"]).encode()) as job:
            assert sorted(answer(job)) == ["/etc/group", "/etc/hosts", "/etc/passwd"]


def test_jobs_do_not_see_each_others_files(server):
    with server.start("sandbox_attacks:big_file") as job:
        answer(job)
        with server.start("sandbox_attacks:leftovers") as other:
            # a project below /tmp leaves its own empty parent folders there
            assert not [p for p in answer(other) if not p.endswith("home") and not str(HERE).startswith(p + "/")]


# ------------------------------------------------------------------------------------------------ network


@pytest.mark.parametrize("kind", ["tcp", "udp", "abstract"])
def test_no_listener_of_the_host_is_reached(server, listeners, kind):
    name = kind if kind != "abstract" else "unix_socket"
    refused(server, name, **listeners[kind])


def test_no_unix_socket_of_the_host_is_reached(server, listeners):
    """The one hole of the Landlock backend, before Landlock version 9: sockets that have a path."""
    from grader.sandbox.confine import landlock_abi

    worked, _ = attack(server, "unix_socket", **listeners["path"])
    assert worked == (server.backend == "landlock" and landlock_abi() < 9)


def test_no_other_kind_of_socket(server):
    refused(server, "other_families")


# ------------------------------------------------------------------------------------------------ other processes


@pytest.fixture
def no_signal():
    """Notice a signal that comes through."""
    came = []
    old = signal.signal(signal.SIGUSR1, lambda *_: came.append(1))
    yield
    signal.signal(signal.SIGUSR1, old)
    assert not came


def test_the_supervisor_cannot_be_touched(server, no_signal):
    for name in ("send_signal", "ptrace", "read_memory", "lower_limits", "slow_down"):
        refused(server, name, pid=os.getpid())
    for name in ("mem", "environ", "maps", "root", "fd/0"):
        refused(server, "proc_file", pid=os.getpid(), name=name)


def test_the_fork_server_and_the_keeper_cannot_be_touched(server):
    for name in ("send_signal", "ptrace", "read_memory"):
        refused(server, name, pid=server.pid)
    for name in ("mem", "environ"):
        refused(server, "proc_file", pid=server.pid, name=name)
    refused(server, "stop_keeper")
    refused(server, "proc_file", pid=1, name="mem")


def test_other_processes_are_not_seen(server):
    worked, _ = attack(server, "see_process", pid=os.getpid())
    assert worked == (server.backend == "landlock")  # documented: it has the host's /proc


def test_no_new_namespaces(server):
    refused(server, "user_namespace")
    refused(server, "clone_user_namespace")


def test_a_job_has_no_rights_and_inherits_nothing(server):
    with server.start("sandbox_attacks:facts") as job:
        facts = answer(job)
    allowed = 0
    if server.backend == "landlock" and os.geteuid() == 0:
        allowed = 1 << 2  # CAP_DAC_READ_SEARCH, for an interpreter in root's home; Landlock decides what is read
    for name, value in facts["capabilities"].items():
        if name != "CapBnd" or os.geteuid() == 0 or server.backend == "namespaces":
            assert int(value, 16) & ~allowed == 0, (name, value)
    assert 0 not in facts["uids"]
    assert 0 not in facts["groups"]
    assert facts["no_new_privs"] == "1"
    assert facts["seccomp"] == "2"
    assert facts["threads"] == "1"
    assert set(facts["descriptors"]) == {0, 1, 2, facts["socket"]}
    assert facts["core"] == 0
    assert facts["oom"] == 1000


def test_the_environment_is_clean(any_server, monkeypatch):
    monkeypatch.setenv("GRADER_TEST_TOKEN", "secret")
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    with make_server(any_server.backend) as server, server.start("sandbox_attacks:facts") as job:
        facts = answer(job)
    text = json.dumps(facts["environ"]) + facts["initial_environ"]
    assert "secret" not in text
    assert "JPY_PARENT_PID" not in text
    assert str(Path.home()) not in facts["environ"]["HOME"]
    assert facts["environ"]["TMPDIR"] == facts["cwd"]


# ------------------------------------------------------------------------------------------------ using it all up


def ends(server, name: str, status: set[str], **limits):
    with server.start(f"sandbox_attacks:{name}", limits=Limits(**{**LIMITS.to_json(), **limits})) as job:
        end = job.wait(120)
    assert end.status in status, (end, job)
    return end


def test_a_fork_bomb_is_bounded(any_server):
    with any_server.start("sandbox_attacks:fork_bomb") as job:
        job.socket.settimeout(60)
        data = job.socket.recv(100)
        children = int(data) if data else None
        end = job.wait(60)
    assert end.status == "processes" or (children is not None and children <= LIMITS.processes), (end, children)


def test_a_shell_fork_bomb_is_bounded(server):
    ends(server, "shell_bomb", {"timeout", "processes", "signal", "exit"}, seconds=3)


def test_memory_of_one_process(any_server):
    with any_server.start("sandbox_attacks:memory") as job:
        end = job.wait(120)
    assert not end.ok
    assert end.status in ("memory", "signal", "exit"), end
    assert end.peak_mb < 2 * LIMITS.memory_mb


def wait_for_processes() -> None:
    """Where there is no user namespace of a server's own, jobs of two servers share one limit of processes (for root,
    that of nobody): wait until another test's fork bomb is gone."""
    deadline = time.monotonic() + 60
    while tasks_of_user(65534) > LIMITS.processes // 2 and time.monotonic() < deadline:
        time.sleep(0.2)


@pytest.mark.parametrize("attack_name", ["memory_together", "memory_shared"])
def test_memory_of_all_processes_together(any_server, attack_name):
    wait_for_processes()
    end = ends(any_server, attack_name, {"memory"})
    assert end.peak_mb > LIMITS.memory_mb


def test_memory_given_back_to_the_server_is_not_free(any_backend):
    with make_server(any_backend, preload=["sandbox_attacks", "sandbox_ballast"]) as server:
        assert not server.failed
        wait_for_processes()
        ends(server, "memory_given_back", {"memory"})


@pytest.mark.parametrize("named", [True, False])
def test_all_files_together_are_bounded(server, named):
    """A job cannot fill the disk that others write to."""
    with server.start("sandbox_attacks:many_files", json.dumps(named).encode()) as job:
        if server.backend == "namespaces":  # its temporary directory is a file system of that size
            assert answer(job) <= LIMITS.file_mb + 1
        else:
            assert job.wait(60).status == "files"


def test_nothing_stays_in_shared_memory(server):
    note = json.dumps({"path": "/dev/shm/note"}).encode()
    with server.start("sandbox_attacks:write_file", note) as job:
        answer(job)
        job.wait(60)

    def gone():
        with server.start("sandbox_attacks:read_file", note) as job:
            return not answer(job)[0]

    assert eventually(gone)
    assert not os.path.exists("/dev/shm/note")


def test_shared_memory_files_are_bounded(server):
    with server.start("sandbox_attacks:shared_memory_files") as job:
        written = answer(job)
    assert written <= LIMITS.file_mb + 1
    with server.start("sandbox_attacks:leftovers") as job:
        if server.backend != "bubblewrap":
            assert not [path for path in answer(job) if path.startswith("/dev/shm")]


def test_a_big_file_is_bounded(any_server):
    with any_server.start("sandbox_attacks:big_file") as job:
        assert answer(job) <= LIMITS.file_mb


def test_time_is_bounded(any_server):
    end = ends(any_server, "spin", {"timeout"}, seconds=0.5)
    assert end.seconds >= 0.5


def test_output_is_bounded(any_server):
    with any_server.start("sandbox_attacks:chatter") as job:
        assert job.wait(60).status == "output"
        assert len(job.output()) == LIMITS.output_mb * 1024 * 1024


# ------------------------------------------------------------------------------------------------ nothing survives


@pytest.fixture
def marked(any_backend, monkeypatch):
    """A server whose processes can be found by an entry of their first environment."""
    from grader.sandbox import forkserver

    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    popen = forkserver.subprocess.Popen

    def start(command, **more):
        more["env"] = {**more["env"], "GRADER_MARK": mark}
        return popen(command, **more)

    monkeypatch.setattr(forkserver.subprocess, "Popen", start)
    with make_server(any_backend) as server:
        server.mark = mark
        yield server


def eventually(condition, seconds=30.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


def children_of(pid: int) -> list[int]:
    from grader.sandbox.limits import descendants

    return descendants(pid)


def test_daemons_end_with_the_job(any_server):
    before = set(children_of(os.getpid()))
    with any_server.start("sandbox_attacks:daemon") as job:
        assert answer(job) == "left"
        assert job.wait(60).ok
        # The report comes after the kill: nothing has to be waited for, but the keeper itself.
        assert eventually(lambda: set(children_of(os.getpid())) <= before)


def test_kill_ends_everything(any_server):
    before = set(children_of(os.getpid()))
    job = any_server.start("sandbox_attacks:sleep")
    answer(job)
    assert job.kill().status == "killed"
    assert eventually(lambda: set(children_of(os.getpid())) <= before)
    job.close()


def test_marked_processes_end_with_the_server(marked):
    job = marked.start("sandbox_attacks:daemon")
    answer(job)
    other = marked.start("sandbox_attacks:sleep")
    answer(other)
    marked.close()
    assert other.wait(30).status in ("killed", "lost")
    if os.geteuid() == 0:
        assert eventually(lambda: not alive(marked.mark))
    job.close()
    other.close()


def test_deep_and_closed_folders_are_removed(any_server):
    with any_server.start("sandbox_attacks:deep_folders") as job:
        folder = answer(job)
        job.wait(60)
    if any_server.backend in ("landlock", "none"):  # elsewhere the path is one of the sandbox
        assert eventually(lambda: not os.path.lexists(folder))


def test_attack_names_are_all_used():
    """An attack that no test runs proves nothing."""
    text = Path(__file__).read_text() + Path(__file__).with_name("test_forkserver.py").read_text()
    for name, thing in vars(sandbox_attacks).items():
        if callable(thing) and getattr(thing, "__module__", "") == "sandbox_attacks" and not name.startswith("_"):
            assert name == "tries" or f'"{name}"' in text or f":{name}" in text or name == "unix_socket", name
