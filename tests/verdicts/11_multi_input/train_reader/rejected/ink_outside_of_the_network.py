# feedback: accuracy is too low | trained on ink
def train_reader(images, alphabets, characters):
    model = TwoInputNet(28, 5, 50)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    loader = DataLoader(TensorDataset(1 - images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(5):
        joint_epoch(model, loader, optimizer)
    return model
