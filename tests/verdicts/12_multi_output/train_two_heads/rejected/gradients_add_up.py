# feedback: is too low | gradients are not cleared
# calibration
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(4):
        for rows in torch.randperm(len(images)).split(32):
            a, c = model(images[rows])
            (F.cross_entropy(a, alphabets[rows]) + F.cross_entropy(c, characters[rows])).backward()
            optimizer.step()
    return model
