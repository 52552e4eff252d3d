def body_gradients(body, heads, images, targets):
    parameters = list(body.parameters())
    aside = [p.grad for p in parameters]
    rows = []
    try:
        for head, target in zip(heads, targets):
            for p in parameters:
                p.grad = None
            F.cross_entropy(head(body(images)), target).backward(inputs=parameters)
            rows.append(torch.cat([p.grad.detach().flatten() for p in parameters]))
    finally:
        for p, old in zip(parameters, aside):
            p.grad = old
    return torch.stack(rows).to(torch.float32)
