# feedback: heads before it
def body_gradients(body, heads, images, targets):
    parameters = list(body.parameters())
    features = body(images)
    rows = []
    for head, target in zip(heads, targets):
        loss = F.cross_entropy(head(features), target)
        gradients = torch.autograd.grad(loss, parameters, retain_graph=True)
        rows.append((rows[-1] if rows else 0) + torch.cat([g.flatten() for g in gradients]))
    return torch.stack(rows)
