from collections import namedtuple
from math import prod

Memory = namedtuple("Memory", "hidden cell")


def lstm_step(x, state, W_ih, W_hh, b_ih, b_hh):
    old = Memory(*state)
    H = old.cell.size(1)
    new = Memory(torch.empty_like(old.hidden), torch.empty_like(old.cell))
    for row in range(x.size(0)):
        a = W_ih @ x[row] + b_ih + W_hh @ old.hidden[row] + b_hh
        a = a.view(4, H)
        new.cell[row] = a[1].sigmoid() * old.cell[row] + a[0].sigmoid() * a[2].tanh()
        new.hidden[row] = a[3].sigmoid() * new.cell[row].tanh()
    return new
