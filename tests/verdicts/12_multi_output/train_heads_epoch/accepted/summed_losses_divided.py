def train_heads_epoch(model, loader, optimizer, weights):
    model.train()
    criterion = nn.CrossEntropyLoss(reduction="none")
    everything = [[], []]
    for batch in loader:
        scores = model(batch[0])
        optimizer.zero_grad(set_to_none=True)
        rows = [criterion(scores[k], batch[k + 1]) for k in range(2)]
        sum(w * row.mean() for w, row in zip(weights, rows)).backward()
        optimizer.step()
        for kept, row in zip(everything, rows):
            kept.append(row.detach())
    return tuple(torch.cat(kept).mean() for kept in everything)
