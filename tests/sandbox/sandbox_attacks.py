"""What hostile submissions try, as job functions; each answers on its socket with JSON.

Imported by the fork server before it forks: a confined job could not read this file.
"""

import contextlib
import ctypes
import glob
import json
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import time

MB = 1024 * 1024


def _answer(sock, value):
    sock.sendall(json.dumps(value).encode() + b"\n")


def tries(function):
    """The attack works unless it raises OSError (or what it ran failed); the answer is [worked, what]."""

    def run(sock, payload):
        try:
            what = function(**json.loads(payload or b"{}"))
            _answer(sock, [True, what])
        except (OSError, subprocess.CalledProcessError) as error:
            _answer(sock, [False, repr(error)])

    return run


# ------------------------------------------------------------------------------------------------ reading, writing


@tries
def read_file(path):
    with open(path) as file:
        return file.read(1000)


@tries
def list_folder(path):
    return os.listdir(path)


@tries
def write_file(path):
    with open(path, "w") as file:
        file.write("owned")


@tries
def hard_link(path):
    os.link(path, "/tmp/link")


@tries
def climb_out(path):
    """Through a descriptor, dots and links: ways that only work where names alone are checked."""
    os.symlink(path, "inside")
    for way in ("inside", "/proc/self/root" + path, "/proc/1/root" + path, "/tmp/../" + path):
        with contextlib.suppress(OSError), open(way) as file:
            return file.read(1000)
    raise OSError("no way out")


@tries
def writable_places():
    found = []
    for folder in ["/", "/etc", "/usr", "/usr/lib", sys.prefix, sys.base_prefix, "/dev", "/sys", "/proc/sys/kernel"]:
        with contextlib.suppress(OSError):
            with open(os.path.join(folder, "owned"), "w"):
                found.append(folder)
            os.unlink(os.path.join(folder, "owned"))
    if found:
        return found
    raise OSError("none")


# ------------------------------------------------------------------------------------------------ network


def _send(family, kind, address):
    with socket.socket(family, kind) as client:
        client.settimeout(5)
        client.connect(address)
        client.send(b"owned")


@tries
def tcp(port):
    _send(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port))


@tries
def udp(port):
    _send(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port))


@tries
def unix_socket(address):
    _send(socket.AF_UNIX, socket.SOCK_STREAM, address.replace("@", "\0"))


@tries
def other_families():
    found = []
    for family in range(1, 46):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            if family != socket.AF_UNIX:
                with contextlib.suppress(OSError):
                    socket.socket(family, kind).close()
                    found.append((family, int(kind)))
    if found:
        return found
    raise OSError("none")


# ------------------------------------------------------------------------------------------------ other processes


@tries
def send_signal(pid):
    os.kill(pid, signal.SIGUSR1)


@tries
def stop_keeper():
    """The parent is the trusted process that watches this one."""
    os.kill(os.getppid(), signal.SIGSTOP)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1)
    if os.getppid() in (0, 1) and os.path.exists(f"/proc/{os.getppid()}"):
        raise OSError("still there")


@tries
def ptrace(pid):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, pid, 0, 0) < 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "ptrace")


@tries
def read_memory(pid):
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(8)

    class Piece(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    here = Piece(ctypes.addressof(buffer), 8)
    there = Piece(id(type), 8)
    if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")


@tries
def proc_file(pid, name):
    with open(f"/proc/{pid}/{name}", "rb") as file:
        if name == "mem":
            file.seek(id(type))
        return len(file.read(64))


@tries
def lower_limits(pid):
    resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))


@tries
def slow_down(pid):
    os.setpriority(os.PRIO_PROCESS, pid, 19)


@tries
def see_process(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return len(file.read())


@tries
def user_namespace():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) < 0:
        raise OSError(ctypes.get_errno(), "unshare")


@tries
def clone_user_namespace():
    libc = ctypes.CDLL(None, use_errno=True)
    number = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
    pid = libc.syscall(number, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    if pid < 0:
        raise OSError(ctypes.get_errno(), "clone")


# ------------------------------------------------------------------------------------------------ facts


def facts(sock, payload):
    status = {}
    with open("/proc/self/status") as file:
        for line in file:
            name, _, value = line.partition(":")
            status[name] = value.strip()
    descriptors = []
    for fd in range(1024):
        with contextlib.suppress(OSError):
            os.fstat(fd)
            descriptors.append(fd)
    with open("/proc/self/environ", "rb") as file:
        initial = file.read().decode()
    with open("/proc/self/oom_score_adj") as file:
        oom = int(file.read())
    _answer(
        sock,
        {
            "capabilities": {name: status[name] for name in status if name.startswith("Cap")},
            "no_new_privs": status["NoNewPrivs"],
            "seccomp": status["Seccomp"],
            "threads": status["Threads"],
            "uids": [os.getresuid()[0], os.getresuid()[1], os.getresuid()[2]],
            "groups": os.getgroups(),
            "descriptors": descriptors,
            "socket": sock.fileno(),
            "environ": dict(os.environ),
            "initial_environ": initial,
            "cwd": os.getcwd(),
            "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
            "oom": oom,
        },
    )


def tree(sock, payload):
    """Every file of the private root, outside of what is meant to be there."""
    found = []
    skip = tuple(json.loads(payload))
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(skip)]
        found += [path for name in files if not (path := os.path.join(folder, name)).startswith(skip)]
    _answer(sock, found[:1000])


def random_numbers(sock, payload):
    import random

    _answer(sock, random.random())


# ------------------------------------------------------------------------------------------------ using it all up


def fork_bomb(sock, payload):
    children = 0
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and children < 300:
        try:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            children += 1
        except OSError:
            break
    _answer(sock, children)
    time.sleep(1)


def shell_bomb(sock, payload):
    subprocess.run(["sh", "-c", "bomb() { bomb | bomb & }; bomb; sleep 30"])
    time.sleep(30)


def _fill(megabytes):
    data = bytearray()
    for _ in range(megabytes):
        data += b"x" * MB
    return data


def memory(sock, payload):
    data = _fill(4096)
    _answer(sock, len(data))


def memory_together(sock, payload):
    for _ in range(4):
        if os.fork() == 0:
            data = _fill(300)
            time.sleep(30)
            os._exit(len(data) & 1)
    time.sleep(30)


def memory_shared(sock, payload):
    """Shared mappings are no private data, so RLIMIT_DATA does not count them."""
    kept = []
    for _ in range(8):
        mapping = mmap.mmap(-1, 200 * MB)
        for offset in range(0, len(mapping), 4096):
            mapping[offset] = 1
        kept.append(mapping)
    time.sleep(30)


BALLAST: list = []  # filled by sandbox_ballast, in the fork server


def memory_given_back(sock, payload):
    """Give the pages inherited from the fork server back, and use as much of one's own in each process."""
    BALLAST.pop().close()
    for _ in range(4):
        if os.fork() == 0:
            data = _fill(250)
            time.sleep(30)
            os._exit(len(data) & 1)
    time.sleep(30)


def shared_memory_files(sock, payload):
    """Fill /dev/shm."""
    written = 0
    with contextlib.suppress(OSError):
        for number in range(100):
            with open(f"/dev/shm/file{number}", "wb") as file:
                for _ in range(100):
                    file.write(b"x" * MB)
                    written += 1
                    if written >= 2000:
                        raise OSError("enough")
    _answer(sock, written)


def many_files(sock, payload):
    """Each below the limit of one file; without names where they do not show."""
    named, written, kept = json.loads(payload), 0, []
    with contextlib.suppress(OSError):
        for number in range(10):
            kept.append(open(f"file-{number}", "wb"))  # noqa: SIM115
            if not named:
                os.unlink(kept[-1].name)
            for _ in range(40):
                kept[-1].write(b"x" * MB)
                kept[-1].flush()
                written += 1
    time.sleep(2)
    _answer(sock, written)


def big_file(sock, payload):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    written = 0
    with contextlib.suppress(OSError), open("big", "wb", buffering=0) as file:
        for _ in range(2000):
            written += file.write(b"x" * MB) // MB
    _answer(sock, written)


def spin(sock, payload):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def chatter(sock, payload):
    line = b"x" * 65536
    while True:
        os.write(1, line)


def daemon(sock, payload):
    """Leave processes behind: double fork, new session, an ignored SIGTERM, and one more that restarts them."""
    ready, tell = os.pipe()
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.setsid()
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                os.write(tell, b"x")
                time.sleep(600)
            os._exit(0)
    for _ in range(3):
        os.read(ready, 1)
    _answer(sock, "left")


# ------------------------------------------------------------------------------------------------ ends


def echo(sock, payload):
    sock.sendall(payload)


def sleep(sock, payload):
    _answer(sock, "sleeping")
    time.sleep(600)


def exit_hard(sock, payload):
    os._exit(7)


def crash(sock, payload):
    ctypes.string_at(0)


def kill_self(sock, payload):
    os.kill(os.getpid(), signal.SIGKILL)


def raise_error(sock, payload):
    print("out of the job")
    raise ValueError("an error of the job")


def deep_folders(sock, payload):
    _answer(sock, os.getcwd())
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    with open("file", "w"):
        pass
    os.chmod(".", 0)


# ------------------------------------------------------------------------------------------------ honest work


def train(sock, payload):
    import torch

    torch.manual_seed(0)
    net = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8 * 676, 10)
    )
    optimizer = torch.optim.Adam(net.parameters())
    inputs, labels = torch.randn(64, 1, 28, 28), torch.randint(0, 10, (64,))
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    _answer(sock, {"losses": losses, "threads": torch.get_num_threads()})


def data_loader(sock, payload):
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    data = TensorDataset(torch.arange(1000.0).reshape(250, 4))
    total = 0.0
    for _ in range(2):
        for (batch,) in DataLoader(data, batch_size=16, num_workers=2):
            total += batch.sum().item()
    _answer(sock, total)


def plot(sock, payload):
    import io

    import matplotlib.pyplot as plt

    plt.plot([1, 2, 3])
    plt.title("ü 日")
    image = io.BytesIO()
    plt.savefig(image, format="png")
    _answer(sock, image.getvalue()[:4].decode("latin1"))


def shell(sock, payload):
    text = subprocess.run("echo $HOME; id -un; ls /tmp", shell=True, capture_output=True, text=True).stdout
    _answer(sock, text)


def terminal(sock, payload):
    import pty

    pid, fd = pty.fork()
    if pid == 0:
        os.execvp("echo", ["echo", "terminal works"])
    text = b""
    with contextlib.suppress(OSError):
        while data := os.read(fd, 1000):
            text += data
    _answer(sock, text.decode())


def imports(sock, payload):
    import wave

    import nbformat

    import grader.sandbox

    _answer(sock, [nbformat.__name__, wave.__name__, grader.sandbox.__name__])


def leftovers(sock, payload):
    _answer(sock, glob.glob("/tmp/*") + glob.glob("/dev/shm/*"))
