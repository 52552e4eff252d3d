# feedback: character head is too low
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(5):
        train_heads_epoch(model, loader, optimizer, (1.0, 0.0))
    return model
