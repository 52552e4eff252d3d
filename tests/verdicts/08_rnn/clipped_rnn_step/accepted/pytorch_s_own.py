def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    _, h_n = rnn(inputs)
    loss = nn.MSELoss()(head(h_n[-1]), targets)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_([*rnn.parameters(), *head.parameters()], max_norm)
    optimizer.step()
    return norm
