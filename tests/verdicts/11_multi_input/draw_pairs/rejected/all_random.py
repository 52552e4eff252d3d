# feedback: not half and half
def draw_pairs(characters, count, generator):
    first = torch.randint(len(characters), (count,), generator=generator)
    step = torch.randint(1, len(characters), (count,), generator=generator)
    second = (first + step) % len(characters)
    return first, second, (characters[first] == characters[second]).float()
