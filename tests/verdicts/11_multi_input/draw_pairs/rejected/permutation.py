# feedback: come from a permutation
def draw_pairs(characters, count, generator):
    half = count // 2
    first = torch.randperm(len(characters), generator=generator)[:count]
    fits = characters[first].unsqueeze(1) == characters
    fits[half:] = ~fits[half:]
    fits[torch.arange(len(first)), first] = False
    second = torch.multinomial(fits.float(), 1, generator=generator).squeeze(1)
    same = torch.zeros(len(first))
    same[:half] = 1
    return first, second, same
