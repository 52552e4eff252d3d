def joint_loss(outputs, targets, weights):
    criterion = nn.CrossEntropyLoss()
    losses = torch.stack(list(map(criterion, outputs, targets)))
    return losses @ torch.tensor(weights, dtype=losses.dtype)
