def draw_pairs(characters, count, generator):
    n = len(characters)
    same = torch.zeros(count)
    same[torch.randperm(count, generator=generator)[: count // 2]] = 1
    first = torch.randint(0, n, (count,), generator=generator)
    equal = characters[first].unsqueeze(1) == characters.unsqueeze(0)
    fits = torch.where(same.bool().unsqueeze(1), equal, ~equal)
    fits[torch.arange(count), first] = False
    second = torch.multinomial(fits.float(), 1, generator=generator).squeeze(1)
    return first, second, same
