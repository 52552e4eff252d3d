# feedback: other people when the generator has the same seed
import random


def split_by_drawer(drawers, share, generator):
    people = drawers.unique().tolist()
    chosen = random.sample(people, max(1, round(share * len(people))))
    test = torch.isin(drawers, torch.tensor(chosen))
    return torch.where(~test)[0], torch.where(test)[0]
