# feedback: draws their samples at random
from torch.utils.data import random_split


def split_by_time(series, validation, test):
    return random_split(series, [len(series) - validation - test, validation, test])
