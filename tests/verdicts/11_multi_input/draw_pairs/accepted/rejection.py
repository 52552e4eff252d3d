def draw_pairs(characters, count, generator):
    def number():
        return int(torch.randint(len(characters), (1,), generator=generator))

    pairs = []
    labels = characters.tolist()
    for k in range(count):
        wanted = k % 2 == 0
        i = number()
        j = number()
        while j == i or (labels[i] == labels[j]) != wanted:
            j = number()
        pairs.append((i, j, float(wanted)))
    a, b, s = zip(*pairs)
    return torch.tensor(a), torch.tensor(b), torch.tensor(s)
