# feedback: rare characters come too often | a character is drawn first
def draw_pairs(characters, count, generator):
    half = count // 2
    kinds = characters.unique()
    chosen = kinds[torch.randint(len(kinds), (count,), generator=generator)]
    own = chosen.unsqueeze(1) == characters
    first = torch.multinomial(own.float(), 1, generator=generator).squeeze(1)
    fits = torch.cat([own[:half], ~own[half:]]).float()
    fits[torch.arange(count), first] = 0
    second = torch.multinomial(fits, 1, generator=generator).squeeze(1)
    same = torch.zeros(count)
    same[:half] = 1
    return first, second, same
