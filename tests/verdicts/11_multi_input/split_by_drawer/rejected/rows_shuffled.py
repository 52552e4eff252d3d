# feedback: drawings of one person into both parts | rows are drawn at random
def split_by_drawer(drawers, share, generator):
    order = torch.randperm(len(drawers), generator=generator)
    n = max(1, round(share * len(drawers)))
    return order[n:], order[:n]
