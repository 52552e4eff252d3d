# feedback: always the same of them
def draw_pairs(characters, count, generator):
    first = torch.randint(len(characters), (count,), generator=generator)
    same = (torch.arange(count) < count // 2).float()
    second = []
    for i, wanted in zip(first.tolist(), same.tolist()):
        fits = ((characters == characters[i]) == bool(wanted)).nonzero().squeeze(1)
        fits = fits[fits != i]
        second.append(fits[0])
    return first, torch.stack(second), same
