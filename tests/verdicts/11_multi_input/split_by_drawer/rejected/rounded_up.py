# feedback: rounded in another way
import math


def split_by_drawer(drawers, share, generator):
    people = drawers.unique()
    chosen = people[torch.randperm(len(people), generator=generator)[: math.ceil(share * len(people))]]
    test = torch.isin(drawers, chosen)
    return torch.where(~test)[0], torch.where(test)[0]
