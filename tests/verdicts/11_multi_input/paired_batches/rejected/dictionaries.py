# feedback: should give 3 values
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return [{"images": images[r], "alphabets": alphabets[r], "labels": labels[r]} for r in order.split(batch_size)]
