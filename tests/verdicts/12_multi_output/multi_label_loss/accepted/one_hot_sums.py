def multi_label_loss(scores, labels):
    k = scores.size(1)
    hot = [F.one_hot(torch.tensor(row, dtype=torch.long), k).sum(dim=0) for row in labels]
    hot = torch.stack(hot).to(scores.dtype)
    return (scores.clamp(min=0) - scores * hot + torch.log1p(torch.exp(-scores.abs()))).sum() / scores.numel()
