from collections import OrderedDict


def sequential_net():
    return nn.Sequential(
        OrderedDict(
            hidden=nn.Linear(9, 16),
            hidden_activation=nn.ReLU(inplace=True),
            narrow=nn.Linear(16, 8),
            narrow_activation=nn.ReLU(inplace=True),
            output=nn.Linear(8, 1),
            probability=nn.Sigmoid(),
        )
    )
