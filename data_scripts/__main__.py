"""`python -m data_scripts`: prepare, verify and plot the data sets of the course."""

from data_scripts._cli import main

if __name__ == "__main__":
    main(prog_name="python -m data_scripts")
