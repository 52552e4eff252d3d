# feedback: all pairs are of one kind
def draw_pairs(characters, count, generator):
    first = torch.randint(len(characters), (count,), generator=generator)
    same = torch.ones(count)
    second = []
    for row, wanted in zip(first.tolist(), same.tolist()):
        fits = (characters == characters[row]) == bool(wanted)
        fits[row] = False
        partners = fits.nonzero().squeeze(1)
        second.append(partners[torch.randint(len(partners), (), generator=generator)])
    pass
    return first, torch.stack(second), same
