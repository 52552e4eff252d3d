"""Confinement of a forked process on Linux, without root and without a helper program.

Everything here acts on the calling process, which must have a single thread, as a freshly forked child has. The
order of a confined job (see ``zygote``) is::

    fork_into_namespaces -> private_root                           (backend "namespaces" only)
    -> become_nobody (when started by root) -> rlimits -> landlock -> seccomp

Each layer stands alone: what one of them misses or a kernel lacks, another one stops. None of them gives rights, so
a mistake in one cannot open what the others closed. ``tests/sandbox`` attacks every layer.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

NOBODY = 65534  # user and group of a job when the grader itself runs as root

# ------------------------------------------------------------------------------------------------ calling the kernel

# PyDLL keeps the interpreter lock across the call: after a raw clone() nothing has to be taken back.
_libc = ctypes.PyDLL(None, use_errno=True) if sys.platform == "linux" else None


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _syscall(number: int, *arguments: object, what: str) -> int:
    assert _libc is not None, "Linux only"
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _check(_libc.syscall(ctypes.c_long(number), *wide), what)


def _prctl(option: int, *arguments: int, what: str) -> int:
    assert _libc is not None, "Linux only"
    wide = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    return _check(_libc.prctl(option, *wide), what)


def _mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    assert _libc is not None, "Linux only"
    wide = (source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode() or None)
    _check(_libc.mount(*wide), f"mount {kind or source} on {target}")


# System call numbers: (x86_64, aarch64). None: the call does not exist there.
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89), "add_key": (248, 217), "adjtimex": (159, 171), "bpf": (321, 280), "chroot": (161, 51),
    "clock_adjtime": (305, 266), "clock_settime": (227, 112), "clone": (56, 220), "clone3": (435, 435),
    "delete_module": (176, 106), "fanotify_init": (300, 262), "finit_module": (313, 273), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fsopen": (430, 430), "fspick": (433, 433), "init_module": (175, 105),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "io_uring_setup": (425, 425),
    "ioctl": (16, 29), "ioperm": (173, None), "iopl": (172, None), "ioprio_set": (251, 30), "kcmp": (312, 272),
    "kexec_file_load": (320, 294), "kexec_load": (246, 104), "keyctl": (250, 219), "kill": (62, 129),
    "landlock_add_rule": (445, 445), "landlock_create_ruleset": (444, 444), "landlock_restrict_self": (446, 446),
    "lookup_dcookie": (212, 18), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "migrate_pages": (256, 238), "mount": (165, 40), "mount_setattr": (442, 442), "move_mount": (429, 429),
    "move_pages": (279, 239), "mq_open": (240, 180), "msgget": (68, 186), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "open_tree": (428, 428), "open_tree_attr": (467, 467),
    "perf_event_open": (298, 241), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "pivot_root": (155, 41), "prlimit64": (302, 261), "process_madvise": (440, 440),
    "process_mrelease": (448, 448), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "ptrace": (101, 117), "quotactl": (179, 60), "quotactl_fd": (443, 443), "reboot": (169, 142),
    "request_key": (249, 218), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "sched_setaffinity": (203, 122), "sched_setattr": (314, 274), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "semget": (64, 190), "setns": (308, 268), "setpriority": (141, 140),
    "settimeofday": (164, 170), "shmget": (29, 194), "socket": (41, 198), "swapoff": (168, 225),
    "swapon": (167, 224), "syslog": (103, 116), "tgkill": (234, 131), "tkill": (200, 130),
    "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282), "vhangup": (153, 58),
}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def supported() -> str | None:
    """None on a system this module knows, else what is missing."""
    if sys.platform != "linux":
        return f"confinement needs Linux, this is {sys.platform}"
    if platform.machine() not in _MACHINES:
        return f"no system call table for {platform.machine()}"
    if sys.maxsize < 2**32:
        return "a 32-bit Python"
    return None


def _number(name: str) -> int | None:
    return _NUMBERS[name][_MACHINES[platform.machine()][0]]


def _call(name: str, *arguments: object) -> int:
    number = _number(name)
    if number is None:
        raise OSError(errno.ENOSYS, f"{name}: not on this machine")
    return _syscall(number, *arguments, what=name)


# ------------------------------------------------------------------------------------------------ process settings

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_SECCOMP = 1, 4, 24, 22
_PR_SET_SECUREBITS, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 28, 36, 38, 47
_CAP_DAC_READ_SEARCH = 2


def set_dumpable(value: bool) -> None:
    """Whether other processes of the same user may look into this one (and whether it may write its id maps)."""
    _prctl(_PR_SET_DUMPABLE, int(value), what="PR_SET_DUMPABLE")


def adopt_orphans() -> None:
    """Orphaned descendants become children of this process instead of the system's first one."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1, what="PR_SET_CHILD_SUBREAPER")


def die_with_parent(parent: int) -> None:
    """Be killed when the parent ends. Only for a parent with one thread: it is the end of the *thread* that counts."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, what="PR_SET_PDEATHSIG")
    if os.getppid() != parent:
        os._exit(1)


def no_new_privileges() -> None:
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, what="PR_SET_NO_NEW_PRIVS")


def become_nobody(*, keep_reading: bool = False) -> None:
    """Give up root and every capability, for good.

    Root is exempt from RLIMIT_NPROC and passes many checks by its number alone, so it becomes the user nobody. Every
    capability goes. ``keep_reading`` leaves CAP_DAC_READ_SEARCH: without a private root, an interpreter that lives
    in root's home could otherwise not import anything more; what may be read is still decided by Landlock.
    """
    root = os.geteuid() == 0
    keep = (_CAP_DAC_READ_SEARCH,) if keep_reading and root else ()
    with contextlib.suppress(OSError):  # without CAP_SETPCAP there is nothing to drop
        for capability in range(64):
            if capability not in keep:
                _prctl(_PR_CAPBSET_DROP, capability, what="PR_CAPBSET_DROP")
    if root:
        if keep:
            _prctl(_PR_SET_SECUREBITS, 1 << 4, what="SECBIT_KEEP_CAPS")
        with contextlib.suppress(PermissionError):  # refused in a user namespace with a single group
            os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    with contextlib.suppress(OSError):
        _prctl(_PR_CAP_AMBIENT, 4, what="PR_CAP_AMBIENT_CLEAR_ALL")
    mask = sum(1 << capability for capability in keep)
    header = struct.pack("Ii", 0x20080522, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    data = struct.pack("6I", low, low, low, high, high, high)
    assert _libc is not None
    _check(_libc.capset(header, data), "capset")
    for capability in keep:  # so that programs it starts can be read too
        _prctl(_PR_CAP_AMBIENT, 2, capability, what="PR_CAP_AMBIENT_RAISE")


# ------------------------------------------------------------------------------------------------ namespaces

_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_ALL_NEW = _NEWNS | _NEWCGROUP | _NEWUTS | _NEWIPC | _NEWUSER | _NEWPID | _NEWNET

_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = 32, 4096, 16384, 1 << 18


def fork_into_namespaces() -> int:
    """Like ``os.fork``, but the child is the first process of new user, mount, pid, network, ipc, uts namespaces.

    Users and groups keep their numbers in there; with root comes the user nobody. One clone instead of fork, unshare
    and fork: each fork of a process that has imported torch copies page tables for tens of milliseconds. The C library
    does not hear of this clone, so the child should only prepare the namespaces and then ``os.fork``.
    """
    uid, gid = os.geteuid(), os.getegid()
    wait, go = os.pipe()
    try:
        child = _call("clone", _ALL_NEW | signal.SIGCHLD, 0, 0, 0, 0)
        if child and uid == 0:  # more than one number: only the parent may say so
            for name, own in (("gid_map", gid), ("uid_map", uid)):
                Path(f"/proc/{child}/{name}").write_text(f"{own} {own} 1\n{NOBODY} {NOBODY} 1\n")
        if child:
            os.write(go, b"x")
            return child
        os.close(go)
        go = -1
        if os.read(wait, 1) != b"x":
            os._exit(1)
        if uid != 0:
            set_dumpable(True)  # else the maps are not ours to write
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1\n")
            Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1\n")
        return 0
    finally:
        os.close(wait)
        if go >= 0:
            os.close(go)


def private_root(paths: Iterable[str], *, tmp_mb: int, shm_mb: int, uid: int, gid: int) -> None:
    """Make a root directory of which the process sees nothing but ``paths`` (read-only) and empty temporary ones."""
    _mount("none", "/", "", _MS_REC | _MS_PRIVATE)
    # A new file system over /tmp becomes the root; what /tmp was before is still found below /.old (pivot_root(2)).
    _mount("tmpfs", "/tmp", "tmpfs", _MS_NOSUID | _MS_NODEV, "size=1m,mode=755")
    os.mkdir("/tmp/.old")
    os.chdir("/tmp")
    _call("pivot_root", b"/tmp", b"/tmp/.old")
    os.chdir("/")

    for path in ("/proc", "/tmp", "/dev/pts", "/dev/shm", "/etc"):
        os.makedirs(path, exist_ok=True)
    _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        with open(f"/dev/{name}", "x"):
            pass
        _mount(f"/.old/dev/{name}", f"/dev/{name}", "", _MS_BIND)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"/dev/{name}")
    flags = _MS_NOSUID | _MS_NODEV
    with contextlib.suppress(OSError):  # terminals for "!command" cells; not every kernel has them
        _mount("devpts", "/dev/pts", "devpts", _MS_NOSUID | _MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620")
        os.symlink("pts/ptmx", "/dev/ptmx")
    _mount("tmpfs", "/tmp", "tmpfs", flags, f"size={tmp_mb}m,mode=1777")
    _mount("tmpfs", "/dev/shm", "tmpfs", flags, f"size={shm_mb}m,mode=1777")
    for path in paths:  # after /tmp, where some of them may lie
        _bind(path)
    Path("/etc/passwd").write_text(f"student:x:{uid}:{gid}::/tmp:/bin/sh\n")
    Path("/etc/group").write_text(f"student:x:{gid}:\n")
    Path("/etc/hosts").write_text("127.0.0.1 localhost\n")

    assert _libc is not None
    _check(_libc.umount2(b"/.old", 2), "umount2")  # MNT_DETACH: the old root is gone
    os.rmdir("/.old")
    _mount("none", "/", "", _MS_REMOUNT | _MS_BIND | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)
    with contextlib.suppress(OSError):
        assert _libc is not None
        _libc.sethostname(b"sandbox", 7)


def _bind(path: str) -> None:
    """Show one path of the old root in the new one, read-only, where it was."""
    source = "/.old" + path
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    if os.path.lexists(path):
        return
    if os.path.islink(source):  # /lib -> usr/lib, and the like
        os.symlink(os.readlink(source), path)
        return
    if os.path.isdir(source):
        os.mkdir(path, 0o755)
    else:
        with open(path, "x"):
            pass
    _mount(source, path, "", _MS_BIND | _MS_REC)
    # struct mount_attr {attr_set, attr_clr, propagation, userns_fd}; RDONLY | NOSUID | NODEV, recursively
    attributes = struct.pack("4Q", 1 | 2 | 4, 0, 0, 0)
    _call("mount_setattr", -100, path.encode(), 0x8000, attributes, len(attributes))


def readable_paths(extra: Iterable[str | os.PathLike[str]] = ()) -> list[str]:
    """What Python needs to see: the interpreter, its libraries and packages, system libraries, the grader package.

    Not the project around the grader: neither solutions nor tests, even when all of them are installed in editable
    mode from one folder. ``extra``: more files or folders.
    """
    package = Path(__file__).resolve().parent.parent
    wanted = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store"]
    wanted += ["/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/localtime"]
    wanted += ["/etc/alternatives", "/etc/nsswitch.conf", "/etc/mime.types", "/sys/devices/system/cpu"]
    wanted += [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]
    wanted += [entry for entry in sys.path if os.path.basename(entry) in ("site-packages", "dist-packages")]
    wanted += [str(package), os.path.realpath(sys.executable)]
    wanted += [os.path.abspath(os.fspath(path)) for path in extra]

    chosen: list[str] = []
    for path in wanted:
        for variant in (path, os.path.realpath(path)):
            inside = any(variant == other or variant.startswith(other + "/") for other in chosen)
            if os.path.lexists(variant) and variant != "/" and not inside:
                chosen.append(variant)
    # A folder before what lies in it, a link before what lies beyond it.
    return sorted(chosen, key=lambda path: (path.count("/"), path))


def reachable(path: str, uid: int) -> bool:
    """Whether a user without privileges gets to a path: every folder on the way lets others through."""
    here = Path(path)
    for folder in (here, *here.parents):
        with contextlib.suppress(OSError):
            stat = folder.stat()
            if not stat.st_mode & (0o100 if stat.st_uid == uid else 0o001) and folder.is_dir():
                return False
    return True


# ------------------------------------------------------------------------------------------------ Landlock

_FS_EXECUTE, _FS_WRITE_FILE, _FS_READ_FILE, _FS_READ_DIR = 1, 2, 4, 8
_FS_TRUNCATE, _FS_IOCTL_DEV, _FS_RESOLVE_UNIX = 1 << 14, 1 << 15, 1 << 16
_FS_OF_FILES = _FS_EXECUTE | _FS_WRITE_FILE | _FS_READ_FILE | _FS_TRUNCATE | _FS_IOCTL_DEV
_FS_READ = _FS_EXECUTE | _FS_READ_FILE | _FS_READ_DIR


def landlock_abi() -> int:
    """The version of Landlock in this kernel; 0 where there is none."""
    if supported() is not None:
        return 0
    try:
        return _call("landlock_create_ruleset", None, 0, 1)
    except OSError:
        return 0


def landlock(
    *,
    read: Iterable[str],
    write: Iterable[str],
    devices: Iterable[str] = (),
    hidden_write: Iterable[str] = (),
    abi: int | None = None,
) -> None:
    """Restrict files, TCP, abstract unix sockets and signals to what is named.

    ``read``: folders and files to read and execute. ``write``: folders to do anything in. ``devices``: files to
    read, write and control. ``hidden_write``: folders to use by name, without listing them. ``abi``: pretend that
    the kernel has this version only (tests).
    """
    abi = landlock_abi() if abi is None else min(abi, landlock_abi())
    if abi < 1:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock")
    bits = 13 + (abi >= 2) + (abi >= 3)
    handled = (1 << bits) - 1
    handled |= _FS_IOCTL_DEV if abi >= 5 else 0
    attributes = [handled, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0]
    size = 8 if abi < 4 else 16 if abi < 6 else 24

    def create() -> int:
        return _call("landlock_create_ruleset", struct.pack("3Q", *attributes)[:size], size, 0)

    if abi >= 9:  # connecting to the unix sockets of others
        attributes[0] |= _FS_RESOLVE_UNIX
        try:
            ruleset = create()
        except OSError:
            attributes[0] = handled
            ruleset = create()
    else:
        ruleset = create()
    everything = attributes[0]

    def allow(path: str, access: int) -> None:
        try:
            fd = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
        except OSError:
            return  # nothing there, nothing to allow
        try:
            if not os.path.isdir(path):
                access &= _FS_OF_FILES
            _call("landlock_add_rule", ruleset, 1, struct.pack("=Qi", access & everything, fd), 0)
        finally:
            os.close(fd)

    try:
        for path in read:
            allow(path, _FS_READ)
        for path in write:
            allow(path, everything & ~_FS_IOCTL_DEV)
        for path in devices:
            allow(path, _FS_READ_FILE | _FS_READ_DIR | _FS_WRITE_FILE | _FS_IOCTL_DEV)
        for path in hidden_write:
            allow(path, everything & ~(_FS_READ_DIR | _FS_IOCTL_DEV | _FS_EXECUTE))
        no_new_privileges()
        _call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


# ------------------------------------------------------------------------------------------------ seccomp

# ruff: noqa: SIM905 - words read better
_REFUSED = (  # answered with "operation not permitted"
    "ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd "  # into others
    "mount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick "
    "mount_setattr setns unshare open_by_handle_at name_to_handle_at quotactl quotactl_fd swapon swapoff "
    "bpf perf_event_open userfaultfd keyctl add_key request_key fanotify_init lookup_dcookie "
    "init_module finit_module delete_module kexec_load kexec_file_load reboot acct syslog vhangup iopl ioperm "
    "settimeofday clock_settime clock_adjtime adjtimex move_pages migrate_pages "
    "shmget semget msgget mq_open"  # memory that belongs to no process
).split()
_MISSING = (  # answered with "no such call": programs then take another way
    "clone3 io_uring_setup io_uring_enter io_uring_register memfd_create memfd_secret"
).split()
_SELF_ONLY = (  # argument: 0 means the caller; anything else might be another process of the same user
    ("prlimit64", 0), ("setpriority", 1), ("ioprio_set", 1), ("sched_setscheduler", 0), ("sched_setparam", 0),
    ("sched_setattr", 0), ("sched_setaffinity", 0),
)  # fmt: skip
_SIGNALS = (("kill", 0), ("tgkill", 0), ("pidfd_send_signal", None), ("rt_sigqueueinfo", 0),
            ("rt_tgsigqueueinfo", 0), ("tkill", 0))  # fmt: skip
_TTY_CALLS = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: type into the terminal of the grader

_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000


def seccomp_program(*, signals_to: Sequence[int] | None = None, only_namespaces: bool = False) -> list[bytes]:
    """The filter as BPF instructions.

    ``signals_to``: where Landlock cannot stop signals (before Linux 6.12), refuse them to all but these processes.
    ``only_namespaces``: refuse new namespaces and nothing else, as many containers do (tests).
    """
    machine, architecture = _MACHINES[platform.machine()]
    program: list[bytes] = []

    def emit(code: int, value: int, yes: int = 0, no: int = 0) -> None:
        program.append(struct.pack("=HBBI", code, yes, no, value))

    load, equal, any_bit, answer = 0x20, 0x15, 0x45, 0x06

    def argument(index: int) -> int:  # low half of a 64-bit argument (little endian machines only)
        return 16 + 8 * index

    def when(name: str) -> int | None:
        """Load the call's number again: the tests between may have loaded an argument."""
        number = _NUMBERS[name][machine]
        if number is not None:
            emit(load, 0)
        return number

    def refuse(name: str, error: int) -> None:
        number = when(name)
        if number is not None:
            emit(equal, number, 0, 1)
            emit(answer, _ERRNO | error)

    emit(load, 4)
    emit(equal, architecture, 1, 0)
    emit(answer, _KILL)
    if platform.machine() == "x86_64":  # the x32 way into the same calls
        emit(load, 0)
        emit(any_bit, 0x40000000, 0, 1)
        emit(answer, _ERRNO | errno.ENOSYS)

    namespaces = _ALL_NEW | 0x80  # CLONE_NEWTIME; in clone() this bit belongs to the exit signal and is never set
    number = when("clone")
    assert number is not None
    emit(equal, number, 0, 3)
    emit(load, argument(0))
    emit(any_bit, namespaces, 0, 1)
    emit(answer, _ERRNO | errno.EPERM)
    if only_namespaces:
        refuse("unshare", errno.EPERM)
        refuse("clone3", errno.ENOSYS)
        emit(answer, _ALLOW)
        return program

    for name in _REFUSED:
        refuse(name, errno.EPERM)
    for name in _MISSING:
        refuse(name, errno.ENOSYS)

    # Only unix sockets. The answer matters: with "permission denied" libzmq aborts the whole process.
    number = when("socket")
    assert number is not None
    emit(equal, number, 0, 3)
    emit(load, argument(0))
    emit(equal, 1, 1, 0)
    emit(answer, _ERRNO | errno.EOPNOTSUPP)

    for name, index in _SELF_ONLY:
        number = when(name)
        if number is not None:
            emit(equal, number, 0, 3)
            emit(load, argument(index))
            emit(equal, 0, 1, 0)
            emit(answer, _ERRNO | errno.EPERM)

    number = when("ioctl")
    assert number is not None
    emit(equal, number, 0, 2 + len(_TTY_CALLS))
    emit(load, argument(1))
    for place, call in enumerate(_TTY_CALLS):
        emit(equal, call, len(_TTY_CALLS) - 1 - place, int(place == len(_TTY_CALLS) - 1))
    emit(answer, _ERRNO | errno.EPERM)

    if signals_to is not None:
        for name, who in _SIGNALS:
            number = when(name)
            if number is None:
                continue
            if who is None:
                refuse(name, errno.EPERM)
                continue
            emit(equal, number, 0, 2 + len(signals_to))
            emit(load, argument(who))
            for place, pid in enumerate(signals_to):
                emit(equal, pid & 0xFFFFFFFF, len(signals_to) - place, 0)
            emit(answer, _ERRNO | errno.EPERM)

    emit(answer, _ALLOW)
    return program


def seccomp(*, signals_to: Sequence[int] | None = None, only_namespaces: bool = False) -> None:
    """Refuse system calls that course work does not need; see ``seccomp_program``. Cannot be undone."""
    program = seccomp_program(signals_to=signals_to, only_namespaces=only_namespaces)
    code = ctypes.create_string_buffer(b"".join(program))
    filter_program = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code))
    buffer = ctypes.create_string_buffer(filter_program)
    no_new_privileges()
    _prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(buffer), what="seccomp")


# ------------------------------------------------------------------------------------------------ bubblewrap


def bubblewrap_command(
    bwrap: str, paths: Sequence[str], *, writable: Sequence[str], tmp_mb: int, shm_mb: int
) -> list[str]:
    """The command line that runs a whole fork server in one bubblewrap sandbox; the program follows after it."""
    command = [bwrap, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if os.geteuid() == 0:  # as real root, so that each job can become nobody
        command += ["--cap-add", "ALL"]
    else:
        command += ["--unshare-user"]
    command += ["--new-session", "--hostname", "sandbox"]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path, size, mode in (("/tmp", tmp_mb, "1777"), ("/dev/shm", shm_mb, "1777")):
        command += ["--perms", mode, "--size", str(size * 1024 * 1024), "--tmpfs", path]
    folders: set[str] = set()
    for path in paths:
        # Said explicitly: bubblewrap copies the mode of a closed parent, such as root's home.
        for parent in [str(folder) for folder in reversed(Path(path).parents)][1:]:
            if parent not in folders:
                folders.add(parent)
                command += ["--perms", "0755", "--dir", parent]
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--ro-bind", path, path]
    for path in writable:
        command += ["--bind", path, path]
    return [*command, "--chdir", "/", "--"]
