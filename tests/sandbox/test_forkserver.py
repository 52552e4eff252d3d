"""The fork server: jobs, their ends, no leaks, deaths of each process, honest work, and the doctor."""

from __future__ import annotations

import concurrent.futures
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sandbox_support import HERE, LIMITS, answer, as_ordinary_user, make_server, needs

import grader
from grader.sandbox import BACKENDS, Diagnosis, ForkServer, Limits, SandboxError, examine
from grader.sandbox.limits import CGroup, descendants

pytestmark = pytest.mark.xdist_group("sandbox")

ROOT = Path(grader.__file__).resolve().parent.parent


def eventually(condition, seconds=30.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


# ------------------------------------------------------------------------------------------------ jobs and ends


def test_a_large_payload_comes_back(any_server):
    payload = os.urandom(3_000_000)
    with any_server.start("sandbox_attacks:echo", payload) as job:
        received = b""
        job.socket.settimeout(60)
        while data := job.socket.recv(1 << 20):
            received += data
        assert received == payload
        end = job.wait(60)
        assert end.ok
        assert end.seconds > 0
        assert job.wait() is end


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("exit_hard", "exit", 7), ("crash", "signal", -11), ("kill_self", "signal", -9), ("raise_error", "exit", 1)],
)
def test_how_a_job_ended(any_server, name, status, code):
    with any_server.start(f"sandbox_attacks:{name}") as job:
        end = job.wait(60)
        assert (end.status, end.code) == (status, code)
        assert not end.ok
        text = job.output().decode()
    if name == "raise_error":
        assert "out of the job\n" in text
        assert "ValueError: an error of the job" in text


@pytest.mark.parametrize("target", ["no_such_module:f", "sandbox_attacks:no_such", "os"])
def test_a_target_that_does_not_exist(any_server, target):
    with any_server.start(target) as job:
        assert job.wait(60).code == 1
        assert b"Error" in job.output()


def test_wait_with_timeout_lets_the_job_run(any_server):
    with any_server.start("sandbox_attacks:sleep") as job:
        with pytest.raises(TimeoutError):
            job.wait(0.05)
        assert answer(job) == "sleeping"
        assert job.kill().status == "killed"
        assert job.kill().status == "killed"


def test_limits_of_one_job(any_server):
    with any_server.start("sandbox_attacks:sleep", limits=Limits(seconds=0.3)) as job:
        assert job.wait(60).status == "timeout"


def test_jobs_differ_in_their_random_numbers(any_server):
    seen = set()
    for _ in range(3):
        with any_server.start("sandbox_attacks:random_numbers") as job:
            seen.add(answer(job))
    assert len(seen) == 3


def test_jobs_from_many_threads(any_server):
    """Each job is started by a thread that ends at once: nothing may depend on that thread (PR_SET_PDEATHSIG)."""

    def one(number: int) -> bool:
        with any_server.start("sandbox_attacks:echo", str(number).encode()) as job:
            assert job.wait(60).ok
            return job.socket.recv(100) == str(number).encode()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert all(pool.map(one, range(20)))


def test_a_server_outlives_the_thread_that_made_it(any_backend):
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        server = pool.submit(make_server, any_backend).result()
    with server, server.start("sandbox_attacks:echo", b"x") as job:
        assert job.wait(60).ok
    assert server.starts == 1


# ------------------------------------------------------------------------------------------------ no leaks


def test_a_hundred_jobs_leave_nothing(any_backend):
    def descriptors(pid: int | str) -> int:
        try:
            return len(os.listdir(f"/proc/{pid}/fd"))
        except PermissionError:  # the server hides itself from all but root
            return 0

    with make_server(any_backend) as server:
        zygote = [server.pid, *descendants(server.pid)][-1]

        def run() -> None:
            with server.start("sandbox_attacks:echo", b"x") as job:
                assert job.wait(60).ok

        run()
        assert eventually(lambda: not descendants(zygote))
        before = descriptors("self"), descriptors(zygote)
        for _ in range(100):
            run()
        assert eventually(lambda: descriptors("self") <= before[0] and descriptors(zygote) <= before[1])
        children = Path(f"/proc/{zygote}/task/{zygote}/children").read_text()
        assert eventually(lambda: not Path(f"/proc/{zygote}/task/{zygote}/children").read_text()), children
        assert server.starts == 1


def test_a_closed_server_refuses(any_backend):
    server = make_server(any_backend)
    server.close()
    with pytest.raises(SandboxError, match="closed"):
        server.start("sandbox_attacks:echo")
    server.close()


# ------------------------------------------------------------------------------------------------ deaths


def test_the_server_restarts_after_a_kill(any_backend):
    with make_server(any_backend) as server:
        job = server.start("sandbox_attacks:sleep")
        answer(job)
        zygote = [server.pid, *descendants(server.pid)]
        zygote = next(pid for pid in zygote if "grader" in _command(pid) and "bwrap" not in _command(pid))
        os.kill(zygote, signal.SIGKILL)
        assert eventually(lambda: gone(zygote))
        assert job.kill().status in ("lost", "killed")
        job.close()
        with server.start("sandbox_attacks:echo", b"again") as second:
            assert second.wait(60).ok
            assert second.socket.recv(100) == b"again"
        assert server.starts == 2


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_killed_keeper_takes_its_job_with_it(any_backend):
    with make_server(any_backend) as server:
        before = descendants(os.getpid())
        job = server.start("sandbox_attacks:daemon")
        answer(job)
        server._send({"kill": job._number})
        assert job.wait(60).status in ("lost", "exit")
        assert eventually(lambda: len(descendants(os.getpid())) <= len(before))
        job.close()
        with server.start("sandbox_attacks:echo", b"x") as second:
            assert second.wait(60).ok
        assert server.starts == 1


SUPERVISOR = """
import json, sys, time
sys.path[:0] = {path!r}
from sandbox_support import make_server, answer
server = make_server({backend!r})
jobs = [server.start("sandbox_attacks:sleep"), server.start("sandbox_attacks:daemon")]
for job in jobs:
    answer(job)
from grader.sandbox.limits import descendants
import os
print(json.dumps(descendants(os.getpid())), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_everything_ends_with_the_supervisor(any_backend, how):
    program = SUPERVISOR.format(path=[str(HERE), str(ROOT)], backend=any_backend)
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        pids = json.loads(process.stdout.readline())
        assert len(pids) >= 3
        process.send_signal(how)
        process.wait(60)
    assert eventually(lambda: all(gone(pid) for pid in pids)), [pid for pid in pids if not gone(pid)]


def test_a_forked_supervisor_does_not_keep_the_server(any_backend):
    with make_server(any_backend) as server:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                server.start("sandbox_attacks:echo")
            except SandboxError:
                code = 0 if server._control is None else 2
            os._exit(code)
        assert os.waitpid(pid, 0)[1] == 0
        with server.start("sandbox_attacks:echo", b"x") as job:
            assert job.wait(60).ok


def test_a_preload_that_starts_threads_is_refused(tmp_path):
    tmp_path.joinpath("threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    with pytest.raises(SandboxError, match="threads"):
        ForkServer(["threaded"], backend="none", path=[tmp_path])


def test_a_missing_module_is_told(any_backend):
    with make_server(any_backend, preload=["no_such_module_here"]) as server:
        assert "ModuleNotFoundError" in server.failed["no_such_module_here"]


def test_bubblewrap_needs_its_folders_beforehand(tmp_path):
    needs("bubblewrap")
    with make_server("bubblewrap") as server, pytest.raises(SandboxError, match="roots"):
        server.start("sandbox_attacks:echo", read_only=[tmp_path])


# ------------------------------------------------------------------------------------------------ honest work


def test_nothing_failed_to_import(course_server):
    assert course_server.failed == {}


def test_a_net_trains_with_threads(course_server):
    with course_server.start("sandbox_attacks:train") as job:
        result = answer(job)
        assert job.wait(60).ok
    assert result["losses"][-1] < result["losses"][0]
    assert result["threads"] == 2


def test_a_data_loader_with_workers(course_server):
    if course_server.backend == "landlock":
        pytest.skip("documented: no /dev/shm in this backend")
    with course_server.start("sandbox_attacks:data_loader") as job:
        assert answer(job) == 2 * sum(range(1000))
        assert job.wait(60).ok


def test_a_plot(course_server):
    with course_server.start("sandbox_attacks:plot") as job:
        assert answer(job) == "\x89PNG"
        assert job.wait(60).ok
        assert b"rror" not in job.output()


def test_modules_can_still_be_imported(course_server):
    with course_server.start("sandbox_attacks:imports") as job:
        assert answer(job) == ["nbformat", "wave", "grader.sandbox"]


def test_a_shell_and_a_terminal(course_server):
    with course_server.start("sandbox_attacks:shell") as job:
        assert "home" in answer(job)
    if course_server.backend != "landlock":  # documented: no terminals there
        with course_server.start("sandbox_attacks:terminal") as job:
            assert "terminal works" in answer(job)


# ------------------------------------------------------------------------------------------------ the doctor


def test_the_doctor_answers_json():
    diagnosis = examine()
    assert [attempt.backend for attempt in diagnosis.attempts] == list(BACKENDS)
    again = json.loads(json.dumps(diagnosis.to_json()))
    assert again["best"] == diagnosis.best
    assert diagnosis.best in str(diagnosis)
    for attempt in diagnosis.attempts:
        assert attempt.works or attempt.why


def doctor_in_a_process(before: str = "", landlock_abi: int | None = None) -> dict:
    program = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
{before}
from grader.sandbox import examine
print(json.dumps(examine(landlock_abi={landlock_abi}).to_json()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_where_namespaces_are_refused_landlock_is_left():
    """As in most containers, whose system call filter refuses new namespaces."""
    needs("landlock")
    found = doctor_in_a_process("from grader.sandbox import confine; confine.seccomp(only_namespaces=True)")
    works = {attempt["backend"]: attempt["works"] for attempt in found["attempts"]}
    assert works == {"namespaces": False, "bubblewrap": False, "landlock": True, "none": True}
    assert found["best"] == "landlock"
    refused = found["attempts"][0]
    assert "not permitted" in refused["why"]
    assert refused["advice"]


@pytest.mark.parametrize("abi", [1, 3, 5])
def test_an_older_landlock_is_helped_by_seccomp(abi):
    """Before version 6 Landlock stops no signals, before version 4 no TCP."""
    needs("landlock")
    found = doctor_in_a_process(landlock_abi=abi)
    assert {attempt["backend"]: attempt["works"] for attempt in found["attempts"]}["landlock"]
    with make_server("landlock", landlock_abi=abi) as server:
        for name in ("send_signal", "ptrace", "read_memory", "lower_limits"):
            with server.start(f"sandbox_attacks:{name}", json.dumps({"pid": os.getpid()}).encode()) as job:
                assert answer(job)[0] is False, name


def test_without_landlock_the_namespaces_hold():
    needs("namespaces")
    with make_server("namespaces", landlock_abi=0) as server:
        for name in ("send_signal", "ptrace", "read_memory", "see_process"):
            with server.start(f"sandbox_attacks:{name}", json.dumps({"pid": os.getpid()}).encode()) as job:
                assert answer(job)[0] is False, name


def test_another_system_has_no_sandbox(monkeypatch):
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
sys.platform = "darwin"
from grader.sandbox import ForkServer, SandboxError, best_backend, examine
assert best_backend() == "none", examine()
assert "Linux" in examine().advice()
try:
    ForkServer([])
except SandboxError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "No sandbox works" in done.stdout


def test_auto_never_means_none(monkeypatch):
    import grader.sandbox.doctor

    monkeypatch.setattr(
        grader.sandbox.doctor, "examine", lambda: Diagnosis("none", [], "watchdog", 0, platform.release())
    )
    with pytest.raises(SandboxError, match="No sandbox"):
        ForkServer([], backend="auto")


def test_the_supervisor_does_not_import_torch():
    program = "import sys; import grader.sandbox; assert not {'torch', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=120)


# ------------------------------------------------------------------------------------------------ small parts


def test_system_call_numbers_match_the_headers():
    """Against the kernel's headers, where these are installed."""
    from grader.sandbox.confine import _NUMBERS

    checked = 0
    for column, names in enumerate((["x86_64-linux-gnu/asm/unistd_64.h", "asm/unistd_64.h"], ["asm-generic/unistd.h"])):
        for name in names:
            file = Path("/usr/include", name)
            if file.exists():
                text = file.read_text()
                for call, numbers in _NUMBERS.items():
                    found = re.search(rf"#define __NR(?:3264)?_{call}\s+(\d+)\b", text)
                    if found:
                        assert numbers[column] == int(found[1]), call
                        checked += 1
                break
    if not checked:
        pytest.skip("no headers")


def test_a_control_group(tmp_path):
    """On a made-up tree: what would be written where."""
    own = tmp_path / "cgroup"
    own.write_text("0::/user/scope\n")
    here = tmp_path / "user" / "scope"
    here.mkdir(parents=True)
    (here / "cgroup.controllers").write_text("cpu memory pids")
    (here / "cgroup.subtree_control").write_text("")
    (here / "cgroup.procs").write_text("1 2")
    assert CGroup.base(tmp_path, own) is None  # others live in it
    (here / "cgroup.procs").write_text(str(os.getpid()))
    assert CGroup.base(tmp_path, own) == here
    assert (here / "grader-supervisor" / "cgroup.procs").read_text() == str(os.getpid())
    assert (here / "cgroup.subtree_control").read_text() == "+memory +pids"
    group = CGroup(here, "job-1", LIMITS)
    assert (here / "job-1" / "memory.max").read_text() == str(600 * 1024 * 1024)
    (here / "job-1" / "memory.events").write_text("oom 1\noom_kill 1\n")
    group.enter()
    assert (here / "job-1" / "cgroup.procs").read_text() == "0"
    assert group.killed_for_memory()
    (here / "cgroup.controllers").write_text("cpu")
    assert CGroup.base(tmp_path, own) is None


def test_the_same_as_an_ordinary_user(tmp_path):
    """Root has rights that an ordinary grader has not, and the other way round: run everything again."""
    command = as_ordinary_user(
        [
            *(sys.executable, "-B", "-m", "pytest", str(HERE), "-n", "0", "-p", "no:nbval", "-o", "addopts="),
            *("-q", "-p", "no:cacheprovider", "--basetemp", f"/tmp/grader-nobody-{os.getpid()}", "-rs"),
        ]
    )
    if command is None:
        pytest.skip("this is an ordinary user, or there is no unshare or setpriv")
    home = f"/tmp/grader-home-{os.getpid()}"
    environ = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=1800, cwd=ROOT)
    finally:
        for folder in (home, f"/tmp/grader-nobody-{os.getpid()}"):
            shutil.rmtree(folder, ignore_errors=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
