def draw_pairs(characters, count, generator):
    rows = {}
    for i, c in enumerate(characters.tolist()):
        rows.setdefault(c, []).append(i)
    first = torch.randint(len(characters), (count,), generator=generator).tolist()
    second = []
    for k, i in enumerate(first):
        mine = rows[int(characters[i])]
        pool = [j for j in mine if j != i] if k >= count / 2 else [j for c in rows if rows[c] is not mine for j in rows[c]]
        second.append(pool[torch.randint(len(pool), (1,), generator=generator).item()])
    same = torch.cat([torch.zeros(count // 2), torch.ones(count // 2)])
    return [torch.tensor(first), torch.tensor(second), same]
