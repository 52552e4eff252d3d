# feedback: changes the `.grad`
def body_gradients(body, heads, images, targets):
    rows = []
    for head, target in zip(heads, targets):
        body.zero_grad()
        F.cross_entropy(head(body(images)), target).backward()
        rows.append(torch.cat([p.grad.flatten() for p in body.parameters()]))
    body.zero_grad()
    return torch.stack(rows)
