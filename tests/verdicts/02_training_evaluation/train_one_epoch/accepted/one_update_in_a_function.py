import numpy as np


def train_one_epoch(model, loader, optimizer, criterion):
    def update(batch):
        x, y = batch
        model.train(True)
        model.zero_grad()
        prediction = model(x).squeeze(-1)
        loss = criterion(prediction, y)
        loss.backward()
        optimizer.step()
        return loss.item(), len(y)

    losses, counts = zip(*map(update, loader))
    return float(np.average(losses, weights=counts))
