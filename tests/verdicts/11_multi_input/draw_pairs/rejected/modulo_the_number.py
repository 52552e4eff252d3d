# feedback: with gaps
def draw_pairs(characters, count, generator):
    half = count // 2
    kinds = len(characters.unique())
    first = torch.randint(len(characters), (count,), generator=generator)
    step = torch.randint(1, kinds, (count,), generator=generator)
    step[:half] = 0
    wanted = (characters[first] + step) % kinds
    wanted[:half] = characters[first[:half]]
    fits = (wanted.unsqueeze(1) == characters).float()
    fits[torch.arange(count), first] = 0
    second = torch.multinomial(fits, 1, generator=generator).squeeze(1)
    same = torch.zeros(count)
    same[:half] = 1
    return first, second, same
