# feedback: have not moved
def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
    loss.backward()
    optimizer.zero_grad()
    params = [*rnn.parameters(), *head.parameters()]
    norm = sum((p.grad ** 2).sum() for p in params if p.grad is not None) ** 0.5 if any(p.grad is not None for p in params) else 0.0
    optimizer.step()
    return norm
