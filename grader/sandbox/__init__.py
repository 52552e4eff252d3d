"""Running untrusted code: confined jobs, forked from a server that has imported the libraries once.

    >>> from grader.sandbox import ForkServer, Limits
    >>> with ForkServer(preload=["torch"], limits=Limits(seconds=60, memory_mb=2048)) as server:  # doctest: +SKIP
    ...     job = server.start("some_module:function", b"payload")
    ...     job.socket.recv(100)
    ...     job.wait()

``confine`` holds the walls, ``limits`` the limits, ``zygote`` the processes, ``forkserver`` what the supervisor uses,
``doctor`` what this machine can do. Nothing here imports torch, and nothing beyond the standard library is needed.
"""

from grader.sandbox.doctor import BACKENDS, Diagnosis, best_backend, examine
from grader.sandbox.forkserver import ForkServer, Job, JobEnd, SandboxError
from grader.sandbox.limits import Limits

__all__ = ["BACKENDS", "Diagnosis", "ForkServer", "Job", "JobEnd", "Limits", "SandboxError", "best_backend", "examine"]
