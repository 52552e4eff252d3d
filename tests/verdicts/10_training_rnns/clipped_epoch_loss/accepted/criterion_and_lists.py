def clipped_epoch_loss(model, loader, optimizer, max_norm):
    model.train(True)
    criterion, sums = torch.nn.MSELoss(reduction="none"), []
    for batch in loader:
        windows, targets = batch
        errors = criterion(model(windows[:, :, None]), targets[:, None])
        model.zero_grad()
        errors.mean().backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], max_norm=max_norm)
        optimizer.step()
        sums.extend(errors.detach().flatten().tolist())
    return sum(sums) / len(sums)
