def draw_pairs(characters, count, generator):
    same = (torch.randperm(count, generator=generator) < count // 2).to(torch.float32)
    first = torch.randint(0, characters.numel(), (count,), generator=generator, dtype=torch.int64)
    second = []
    for a, kind in zip(first.split(500), same.split(500), strict=True):
        equal = characters[a][:, None].eq(characters[None])
        fits = torch.where(kind[:, None] == 1, equal, ~equal).scatter(1, a[:, None], False)
        scores = torch.rand(fits.shape, generator=generator, dtype=torch.float64)
        second.append(scores.masked_fill(~fits, -1.0).argmax(dim=1))
    return first, torch.cat(second), same
