def joint_epoch(model, loader, optimizer):
    model.train(True)
    criterion = nn.CrossEntropyLoss()
    total, samples = 0.0, 0
    for batch in loader:
        inputs, target = batch[:-1], batch[-1]

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(*inputs), target)
            loss.backward()
            return loss

        total += float(optimizer.step(closure)) * target.numel()
        samples += target.numel()
    return total / samples
