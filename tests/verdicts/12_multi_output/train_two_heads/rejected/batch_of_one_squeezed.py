# feedback: one drawing
class ClinicNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(),
            nn.Conv2d(16, 32, 3, padding=1), nn.MaxPool2d(2), nn.ELU(),
            nn.Flatten(), nn.Linear(800, 128), nn.ELU(), nn.Dropout(0.3),
        )
        self.alphabet_head = nn.Linear(128, 4)
        self.character_head = nn.Linear(128, 20)

    def forward(self, x):
        features = self.body(1 - x).squeeze()
        return self.alphabet_head(features), self.character_head(features)


def train_two_heads(images, alphabets, characters):
    model = ClinicNet().to(images.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    model.train()
    for _ in range(25):
        for x, a, c in loader:
            optimizer.zero_grad()
            alphabet_scores, character_scores = model(x)
            loss = F.cross_entropy(alphabet_scores, a) + F.cross_entropy(character_scores, c)
            loss.backward()
            optimizer.step()
    return model.eval()
