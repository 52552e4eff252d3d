def train_reader(images, alphabets, characters):
    model = TwoInputNet(28, 5, 50).to(images.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(10):
        joint_epoch(model, loader, optimizer)
    return model
