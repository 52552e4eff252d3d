def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, images.shape[-1]).to(images.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(15):
        train_heads_epoch(model, loader, optimizer, (0.5, 0.5))
    return model
