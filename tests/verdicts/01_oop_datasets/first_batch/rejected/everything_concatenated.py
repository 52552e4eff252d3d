# feedback: whole dataset
def first_batch(loader):
    xs, ys = zip(*loader)
    return torch.cat(xs), torch.cat(ys).unsqueeze(1)
