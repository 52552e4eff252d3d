# feedback: never made a step
def joint_epoch(model, loader, optimizer):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    model.train()
    total = count = 0
    for *inputs, target in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(*inputs), target)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(target)
        count += len(target)
    return total / count
