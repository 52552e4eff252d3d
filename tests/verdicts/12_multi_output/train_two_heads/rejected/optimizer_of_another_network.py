# feedback: is too low | its loss never reached the parameters
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    other = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(other.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(2):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
