# feedback: the biases come first
def body_gradients(body, heads, images, targets):
    rows = []
    for head, target in zip(heads, targets):
        loss = F.cross_entropy(head(body(images)), target)
        grads = torch.autograd.grad(loss, list(body.parameters())[::-1])
        rows.append(torch.cat([g.flatten() for g in grads]))
    return torch.stack(rows)
