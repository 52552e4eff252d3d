# feedback: is too low | the loss of each head
def train_two_heads(images, alphabets, characters):
    model = TwoHeadNet(4, 20, images.shape[-1]).to(images.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(3):
        for rows in torch.randperm(len(images)).split(32):
            optimizer.zero_grad()
            a, c = model(images[rows])
            first, second = F.cross_entropy(a, alphabets[rows]), F.cross_entropy(c, characters[rows])
            (first / first.max() + second / second.max()).backward()
            optimizer.step()
    return model
