# feedback: is too low | the loss of each head
# calibration
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for rows in torch.randperm(len(images)).split(32):
        optimizer.zero_grad()
        a, c = model(images[rows])
        (F.cross_entropy(a, alphabets[rows]) + F.cross_entropy(c, characters[rows])).backward()
    return model
