def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    def parameters():
        yield from rnn.parameters()
        yield from head.parameters()

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
        loss.backward()
        return loss

    closure()
    total = torch.sqrt(sum((p.grad**2).sum() for p in parameters()))
    scale = max_norm / (total + 1e-6)
    for p in parameters():
        p.grad = p.grad if scale >= 1 else p.grad * scale
    optimizer.step()
    return total.detach()
