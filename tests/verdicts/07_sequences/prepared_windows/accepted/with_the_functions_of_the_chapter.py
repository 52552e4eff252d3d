class Scaler:
    def __init__(self, train):
        self.mean, self.spread = train.mean(), train.std()


def cut(series, length):
    whole = series.unfold(0, length + 1, 1).clone()
    return whole[:, :-1], whole[:, -1]


def prepared_windows(series, length, test_steps):
    train, test = series.split([len(series) - test_steps, test_steps])
    scaler = Scaler(train)
    late = torch.cat([train[-length:], test])
    (a, b), (c, d) = (cut((part - scaler.mean) / scaler.spread, length) for part in (train, late))
    return a, b, c, d
