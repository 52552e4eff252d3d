def train_one_epoch(model, loader, optimizer, criterion):
    total = torch.zeros(())
    for module in model.modules():
        module.training = True
    for features, labels in iter(loader):
        def closure():
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    parameter.grad = None
            loss = criterion(model(features), labels[:, None])
            loss.backward()
            return loss

        total += optimizer.step(closure).detach() * features.size(0)
    return (total / len(loader.dataset)).item()
