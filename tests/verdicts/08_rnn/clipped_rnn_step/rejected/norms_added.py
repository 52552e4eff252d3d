# feedback: norms of the parameters are added up
def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
    loss.backward()
    params = [*rnn.parameters(), *head.parameters()]
    norm = sum(p.grad.norm() for p in params)
    for p in params: p.grad *= min(1.0, max_norm / (norm.item() + 1e-6))
    optimizer.step()
    return norm
