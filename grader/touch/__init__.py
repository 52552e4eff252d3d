"""Every touch of a student's object goes through here.

A check never holds a student's object; it holds a :class:`Subject`, and asks for things through the functions
below. In a notebook they act on the object itself, in this process; in official grading the same requests travel to
the confined process where the submission runs, and only data comes back. The check cannot tell the difference.

=================  ==========================================================
module             one idea
=================  ==========================================================
``subject.py``     what a check holds: a label, a kind, and data or a handle
``actions.py``     the functions a check calls
``session.py``     one check's conversation with one student process
``host.py``        carries the requests out, beside the student's objects
``describe.py``    turns a student's value into bounded plain data
``preserve.py``    puts back what a check may have disturbed
``wire.py``        requests and replies as JSON plus raw arrays, with bounds
``remote.py``      the session's other end in another process
=================  ==========================================================
"""

from grader.touch.actions import (
    attribute,
    call,
    construct,
    error_of,
    give,
    gradients,
    graphs_kept,
    image_file,
    image_folder,
    is_instance,
    is_subclass,
    item,
    items,
    iterate,
    length,
    load_parameters,
    make,
    method,
    parameters,
    read,
    set_attribute,
    set_seed,
    text_file,
    training_mode,
)
from grader.touch.session import LocalSession, Raised, Session, current_session
from grader.touch.subject import Parameter, Subject

__all__ = [
    "LocalSession",
    "Parameter",
    "Raised",
    "Session",
    "Subject",
    "attribute",
    "call",
    "construct",
    "current_session",
    "error_of",
    "give",
    "gradients",
    "graphs_kept",
    "image_file",
    "image_folder",
    "is_instance",
    "is_subclass",
    "item",
    "items",
    "iterate",
    "length",
    "load_parameters",
    "make",
    "method",
    "parameters",
    "read",
    "set_attribute",
    "set_seed",
    "text_file",
    "training_mode",
]
