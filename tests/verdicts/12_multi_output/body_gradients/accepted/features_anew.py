def body_gradients(body, heads, images, targets):
    table = []
    for k in range(len(heads)):
        loss = nn.CrossEntropyLoss()(heads[k](body(images)), targets[k])
        table.append(nn.utils.parameters_to_vector(torch.autograd.grad(loss, tuple(body.parameters()))))
    return torch.stack(table).detach()
