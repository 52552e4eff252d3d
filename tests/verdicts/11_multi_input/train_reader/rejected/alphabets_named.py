# feedback: wrong shape | alphabets instead of characters
def train_reader(images, alphabets, characters):
    model = TwoInputNet(28, 5, 5)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for rows in torch.randperm(len(images)).split(32):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(images[rows], alphabets[rows]), alphabets[rows].argmax(1)).backward()
        optimizer.step()
    return model
