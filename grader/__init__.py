"""The exercise harness of the course: checks that accept right behavior and explain what is wrong."""
