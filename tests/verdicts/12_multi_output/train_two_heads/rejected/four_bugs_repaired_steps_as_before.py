# feedback: is too low | the loss of each head
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(3):
        train_heads_epoch(model, loader, optimizer, (0.5, 0.5))
    return model
