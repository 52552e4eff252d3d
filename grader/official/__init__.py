"""Official grading: a whole class, each submission confined, scores into nbgrader's gradebook.

=================  ==========================================================
module             one idea
=================  ==========================================================
``submission.py``  what a student handed in: found, opened, read, rescued
``job.py``         runs confined, beside the student's code
``supervisor.py``  drives one job and judges what it holds
``record.py``      the executed notebook that students and instructors see
``gradebook.py``   the one writer: notebooks, rows, results
``course.py``      the course folder as nbgrader's configuration describes it
``summary.py``     what is asked for and told; whether all is done already
``servers.py``     the fork servers: which sandbox, which data, started early
``run.py``         a class: workers, resuming, what to tell
=================  ==========================================================

Two kinds of processes. This one holds the checks, the secret inputs and the gradebook, and never runs a student's code,
never unpickles, and opens no file that a student's code may have written. The other kind runs the submission in a
sandbox (:mod:`grader.sandbox`) and is asked for data only (:mod:`grader.touch`).
"""
