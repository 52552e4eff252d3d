import numpy as np


def joint_epoch(model, loader, optimizer):
    model.train()
    losses, sizes = [], []
    for *xs, y in loader:
        optimizer.zero_grad(set_to_none=False)
        loss = nn.NLLLoss()(torch.log_softmax(model(*xs), dim=1), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(y))
    return float(np.average(losses, weights=sizes))
