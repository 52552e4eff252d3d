def draw_pairs(characters, count, generator):
    order = characters.argsort(stable=True)
    _, inverse, sizes = characters.unique(return_inverse=True, return_counts=True)
    starts = sizes.cumsum(0) - sizes
    place = torch.empty_like(order)
    place[order] = torch.arange(len(order))  # where each drawing stands in the sorted row
    half, n = count // 2, len(characters)

    first = torch.randint(n, (count,), generator=generator)
    start, size, at = starts[inverse[first]], sizes[inverse[first]], place[first]
    luck = torch.rand(count, generator=generator, dtype=torch.float64)
    inside = start + (at - start + 1 + (luck * (size - 1)).long()) % size
    outside = (start + size + (luck * (n - size)).long()) % n
    is_same = torch.arange(count) < half
    second = order[torch.where(is_same, inside, outside)]
    return first, second, is_same.float()
