def paired_batches(images, alphabets, labels, batch_size, generator):
    numbers = list(range(len(images)))
    for last in range(len(numbers) - 1, 0, -1):
        other = torch.randint(last + 1, (1,), generator=generator).item()
        numbers[last], numbers[other] = numbers[other], numbers[last]
    return [
        tuple(torch.stack([part[i] for i in numbers[begin : begin + batch_size]]) for part in (images, alphabets, labels))
        for begin in range(0, len(numbers), batch_size)
    ]
