# feedback: always the same of them
def draw_pairs(characters, count, generator):
    half = count // 2
    first = torch.randint(len(characters), (count,), generator=generator)
    order = characters.argsort()
    place = order.argsort()
    second = []
    for k, i in enumerate(first.tolist()):
        if k < half:
            mine = (characters == characters[i]).nonzero().squeeze(1)
            mine = mine[mine != i]
            second.append(mine[torch.randint(len(mine), (1,), generator=generator)].item())
        else:
            j = int((characters != characters[i]).nonzero()[0])
            second.append(j)
    return first, torch.tensor(second), torch.cat([torch.ones(half), torch.zeros(count - half)])
