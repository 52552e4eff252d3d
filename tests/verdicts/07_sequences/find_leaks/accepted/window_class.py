class Window:
    def __init__(self, start, length, horizon):
        self.inputs = range(start, start + length)
        self.target = start + length + horizon - 1

    def __contains__(self, step):
        return step in self.inputs or step == self.target


def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    train = [Window(start, length, horizon) for start in sorted(set(train_starts.tolist()))]
    test = [Window(start, length, horizon) for start in sorted(set(test_starts.tolist()))]
    moment = test[0].inputs[-1]
    return {
        "target": any(window.target in other for window in test for other in train),
        "order": train[-1].target > moment,
        "scaler": scaler_stop - 1 > moment,
    }
