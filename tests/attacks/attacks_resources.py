"""Time, memory, processes, output, and the grader's own processes. (d01 to d15)"""

from __future__ import annotations

from attack_support import ALL, Attack, points_of

PLAN = points_of("batch_plan")

NEVER = """
import time
def batch_plan(*a):
    while True:
        try:
            while True: time.sleep(1)
        except BaseException: pass
"""
BLOCKED = """
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
def batch_plan(*a):
    while True: time.sleep(1)
"""
FORKS = """
import os, time
made = 0
try:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
        made += 1
except OSError as error:
    print(error)
print(made)
"""
MEMORY = "kept = [bytearray(b'x') * 100_000_000 for _ in range(40)]"
FILES = """
import os
for number in range(40):
    with open(f"@owned@-{number}", "wb") as file:
        for _ in range(50):
            file.write(b"x" * 1_000_000)
"""
DAEMON = """
import os, subprocess
subprocess.Popen(["/bin/sh", "-c", "trap '' TERM INT HUP; sleep 600; : @owned@"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    os.execv("/bin/sh", ["/bin/sh", "-c", "while :; do sleep 1; done; : @owned@"])
"""
TO_PARENT = """
import os, signal, time
for pid in {os.getppid(), @grader_pid@, *range(1, 40)} - {os.getpid()}:
    try:
        os.kill(pid, signal.@signal@)
    except OSError as error:
        print(pid, error)
try:
    os.killpg(os.getpgid(os.getppid()), signal.@signal@)
except OSError as error:
    print(error)
time.sleep(0.2)
"""

ATTACKS = (
    Attack("d01", "sys.exit() in a cell", base="solved", cells=("import sys\nsys.exit()", "exit()"), points=ALL),
    Attack("d02", "os._exit(0) in a cell", base="solved", cells=("import os\nos._exit(0)",), points=ALL, notes=True),
    Attack("d03", "a loop without an end, in a cell and in an answer", base="solved",
           cells=("import time\nwhile True: time.sleep(0.1)",),
           answers={"batch_plan": "import time\ndef batch_plan(*a):\n    while True: time.sleep(0)\n"},
           points=ALL - PLAN),
    Attack("d04", "a loop that swallows the interrupt", base="solved", answers={"batch_plan": NEVER},
           points=ALL - PLAN),
    Attack("d04-mask", "a loop that blocks all signals", base="solved", answers={"batch_plan": BLOCKED},
           points=ALL - PLAN),
    Attack("d05", "200 forks", base="solved", last=(FORKS,), points=ALL, notes=None),
    Attack("d06", "4 GB of memory", base="solved", cells=(MEMORY,), points=ALL, notes=None),
    Attack("d07", "2 GB of files", base="solved", last=(FILES,), points=ALL, notes=None),
    Attack("d08", "50 MB of output in one line", base="solved", last=("print('x' * 50_000_000)",), points=ALL),
    Attack("d08-fd", "50 MB of output past Python's streams", base="solved",
           last=("import os\nfor _ in range(50): os.write(1, b'x' * 1_000_000)",), points=ALL, notes=True),
    Attack("d09", "50 MB of output in a million lines", base="solved",
           last=("for _ in range(1000): print(('x' * 49 + '\\n') * 1000)",), points=ALL),
    Attack("d10", "daemons that outlive it", base="solved", last=(DAEMON,), points=ALL),
    Attack("d12", "an exit handler that raises", base="solved", points=ALL,
           cells=("import atexit\natexit.register(lambda: 1 / 0)",)),
    Attack("d13", "an exit handler that sleeps", base="solved", points=ALL,
           cells=("import atexit, time\natexit.register(time.sleep, 60)",)),
    Attack("d14", "SIGINT to the parent and every process it can name", base="solved",
           cells=(TO_PARENT.replace("@signal@", "SIGINT"),), points=ALL),
    Attack("d15", "SIGKILL to the parent and every process it can name", base="solved",
           cells=(TO_PARENT.replace("@signal@", "SIGKILL"),), points=ALL),
)  # fmt: skip
