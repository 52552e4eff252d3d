from functools import reduce
from operator import add, attrgetter

count_parameters = lambda model: reduce(
    add, map(torch.numel, filter(attrgetter("requires_grad"), model.parameters())), 0
)
