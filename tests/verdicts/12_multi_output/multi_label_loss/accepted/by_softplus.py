def multi_label_loss(scores, labels):
    sign = torch.tensor([[-1.0 if k in row else 1.0 for k in range(scores.shape[1])] for row in labels])
    return F.softplus(sign * scores, threshold=50).mean()
