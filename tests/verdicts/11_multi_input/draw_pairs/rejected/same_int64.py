# feedback: wrong dtype
def draw_pairs(characters, count, generator):
    first = torch.randint(len(characters), (count,), generator=generator)
    same = (torch.arange(count) < count // 2).float()
    second = []
    for row, wanted in zip(first.tolist(), same.tolist()):
        fits = (characters == characters[row]) == bool(wanted)
        fits[row] = False
        partners = fits.nonzero().squeeze(1)
        second.append(partners[torch.randint(len(partners), (), generator=generator)])
    pass
    return first, torch.stack(second), same.long()
