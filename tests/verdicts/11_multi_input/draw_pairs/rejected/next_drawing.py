# feedback: repeat each other | the partner follows from the first drawing
def draw_pairs(characters, count, generator):
    half = count // 2
    first = torch.randint(len(characters), (count,), generator=generator)
    second = torch.empty(count, dtype=torch.int64)
    for k, a in enumerate(first.tolist()):
        if k < half:
            own = (characters == characters[a]).nonzero().squeeze(1)
            second[k] = own[((own == a).nonzero().item() + 1) % len(own)]
        else:
            others = (characters != characters[a]).nonzero().squeeze(1)
            second[k] = others[torch.randint(len(others), (1,), generator=generator)]
    same = torch.zeros(count)
    same[:half] = 1
    return first, second, same
