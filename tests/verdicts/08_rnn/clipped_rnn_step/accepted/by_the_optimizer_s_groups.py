def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    rnn.zero_grad()
    head.zero_grad()
    ((head(rnn(inputs)[0][:, -1, :]) - targets) ** 2).mean().backward()
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    norm = torch.cat([p.grad.reshape(-1) for p in parameters]).norm()
    scale = torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    for p in parameters:
        p.grad = p.grad * scale
    optimizer.step()
    return norm.item()
