import csv
from datetime import datetime, timedelta


def time_axis(csv_path):
    with open(csv_path) as file:
        stamps = [datetime.fromisoformat(row["timestamp"]) for row in csv.DictReader(file)]
    there, at, missing = set(stamps), min(stamps), 0
    while at < max(stamps):
        at += timedelta(minutes=15)
        missing += at not in there
    return missing, len(stamps) - len(there)
