def multi_label_loss(scores, labels):
    places = [(b, k) for b in range(len(labels)) for k in labels[b]]
    rows = torch.tensor([b for b, _ in places], dtype=torch.int64, device=scores.device)
    columns = torch.tensor([k for _, k in places], dtype=torch.int64, device=scores.device)
    sign = torch.full_like(scores, -1.0, requires_grad=False)
    sign.index_put_((rows, columns), torch.ones(len(places), dtype=scores.dtype, device=scores.device))
    return F.logsigmoid(sign * scores).mean().neg()
