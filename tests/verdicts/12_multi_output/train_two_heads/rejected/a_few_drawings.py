# feedback: is too low | too few steps or drawings
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images[:40], alphabets[:40], characters[:40]), batch_size=20, shuffle=True)
    for _ in range(10):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
