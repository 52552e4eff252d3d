# feedback: does not take two inputs
def train_reader(images, alphabets, characters):
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 50))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for rows in torch.randperm(len(images)).split(32):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images[rows]), characters[rows]).backward()
        optimizer.step()
    return model
