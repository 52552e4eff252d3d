# feedback: is changed by the call
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    images.copy_(images[order]); alphabets.copy_(alphabets[order]); labels.copy_(labels[order]); return list(zip(images.split(batch_size), alphabets.split(batch_size), labels.split(batch_size)))
