# feedback: entry is clamped
def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
    loss.backward()
    params = [*rnn.parameters(), *head.parameters()]
    norm = torch.cat([p.grad.flatten() for p in params]).norm()
    nn.utils.clip_grad_value_(params, max_norm)
    optimizer.step()
    return norm
