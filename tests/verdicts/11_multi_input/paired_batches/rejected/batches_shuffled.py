# feedback: batch
def paired_batches(images, alphabets, labels, batch_size, generator):
    batches = list(zip(images.split(batch_size), alphabets.split(batch_size), labels.split(batch_size)))
    return [batches[k] for k in torch.randperm(len(batches), generator=generator).tolist()]
