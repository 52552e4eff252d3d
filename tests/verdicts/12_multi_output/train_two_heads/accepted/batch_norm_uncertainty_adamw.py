def train_two_heads(images, alphabets, characters):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Sequential(
                nn.Conv2d(1, 10, 3, padding=1),
                nn.BatchNorm2d(10),
                nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Flatten(),
                nn.Dropout(0.1),
                nn.LazyLinear(100),
                nn.ELU(),
            )
            self.heads = nn.ModuleDict({"alphabet": nn.Linear(100, 4), "character": nn.Linear(100, 20)})

        def forward(self, x):
            shared = self.features(x)
            return [self.heads[name](shared) for name in ("alphabet", "character")]

    model = Net().to(images.device)
    model(images[:2])  # sizes of the lazy layer
    weighting = UncertaintyLoss(["classes", "classes"]).to(images.device)
    optimizer = torch.optim.AdamW([*model.parameters(), *weighting.parameters()], lr=3e-3)
    model.train()
    for _ in range(10):
        for rows in torch.randperm(len(images)).split(40):
            rows = rows.to(images.device)
            first, second = model(images[rows])
            loss = weighting([F.cross_entropy(first, alphabets[rows]), F.cross_entropy(second, characters[rows])])
            optimizer.zero_grad(set_to_none=False)
            loss.backward()
            optimizer.step()
    return model.eval()
