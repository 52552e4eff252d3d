"""Stock nbgrader commands work from this folder: source is `solutions/`, release is `notebooks/`."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.course_id = "intermediate-pytorch"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"

# A check cell is graded by whether it raises. Cells that train may take a while on a busy machine.
c.Execute.timeout = 300
# nbgrader waits for a polite exit otherwise, which takes a quarter of the time of a submission
c.Execute.shutdown_kernel = "immediate"
