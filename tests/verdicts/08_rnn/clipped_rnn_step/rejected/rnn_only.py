# feedback: not clipped together
def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(head(rnn(inputs)[0][:, -1]), targets)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(rnn.parameters(), max_norm)
    optimizer.step()
    return norm
