# feedback: changes copies
def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
    loss.backward()
    params = [*rnn.parameters(), *head.parameters()]
    norm = torch.cat([p.grad.flatten() for p in params]).norm()
    grads = [p.grad * min(1.0, max_norm / (norm.item() + 1e-6)) for p in params]
    optimizer.step()
    return norm
