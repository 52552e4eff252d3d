def paired_batches(images, alphabets, labels, batch_size, generator):
    state = generator.get_state()
    parts = []
    for tensor in (images, alphabets, labels):
        generator.set_state(state)
        parts.append(tensor[torch.randperm(len(tensor), generator=generator)].split(batch_size))
    return [list(batch) for batch in zip(*parts)]
