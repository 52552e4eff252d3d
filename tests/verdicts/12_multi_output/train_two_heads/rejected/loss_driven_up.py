# feedback: is too low | drive the loss up instead of down
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, 20)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(3):
        for rows in torch.randperm(len(images)).split(32):
            optimizer.zero_grad()
            a, c = model(images[rows])
            loss = F.cross_entropy(a, alphabets[rows]) + F.cross_entropy(c, characters[rows])
            (-loss).backward()
            optimizer.step()
    return model
