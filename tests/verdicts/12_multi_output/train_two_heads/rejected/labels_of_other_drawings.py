# feedback: is too low | the loss of each head
# calibration
def train_two_heads(images, alphabets, characters):
    images = images[torch.randperm(len(images))]
    order = torch.randperm(len(images))
    alphabets, characters = alphabets[order], characters[order]
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(4):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
