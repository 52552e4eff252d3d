# feedback: changes the `.grad` of head 0 | goes through the head
def body_gradients(body, heads, images, targets):
    parameters = list(body.parameters())
    old = [p.grad for p in parameters]
    rows = []
    for head, target in zip(heads, targets, strict=True):
        for p in parameters:
            p.grad = None
        F.cross_entropy(head(body(images)), target).backward()
        rows.append(torch.cat([p.grad.flatten() for p in parameters]))
    for p, grad in zip(parameters, old, strict=True):
        p.grad = grad
    return torch.stack(rows)
