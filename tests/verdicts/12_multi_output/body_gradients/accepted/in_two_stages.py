def body_gradients(body, heads, images, targets):
    parameters = tuple(body.parameters())
    features = body(images)
    table = torch.empty(len(heads), sum(p.numel() for p in parameters), device=features.device)
    for k, head in enumerate(heads):
        leaf = features.detach().requires_grad_()
        (at_features,) = torch.autograd.grad(F.cross_entropy(head(leaf), targets[k]), leaf)
        found = torch.autograd.grad(features, parameters, grad_outputs=at_features, retain_graph=True)
        start = 0
        for g in found:
            table[k, start : start + g.numel()] = g.flatten()
            start += g.numel()
    return table
