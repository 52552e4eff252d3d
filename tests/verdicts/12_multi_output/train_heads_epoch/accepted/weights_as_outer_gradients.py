def train_heads_epoch(model, loader, optimizer, weights):
    model.train(True)
    table, sizes = [], []
    for images, alphabets, characters in loader:
        a, c = model(images)
        pair = [F.cross_entropy(a, alphabets), F.cross_entropy(c, characters)]
        optimizer.zero_grad(set_to_none=False)
        torch.autograd.backward(pair, [torch.full_like(loss, float(w)) for loss, w in zip(pair, weights)])
        optimizer.step()
        table.append([float(loss) for loss in pair])
        sizes.append(float(images.shape[0]))
    table, sizes = torch.tensor(table, dtype=torch.float64), torch.tensor(sizes, dtype=torch.float64)
    mean = sizes @ table / sizes.sum()
    return mean[0], mean[1]
