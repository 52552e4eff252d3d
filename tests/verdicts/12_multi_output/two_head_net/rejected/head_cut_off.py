# feedback: do not reach the body
class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        half = size // 2
        self.conv = nn.Conv2d(1, 16, 3, padding=1)
        self.fc = nn.Linear(16 * half * half, 128)
        self.a = nn.Linear(128, num_alphabets)
        self.c = nn.Linear(128, num_characters)

    def forward(self, x):
        x = F.elu(F.max_pool2d(self.conv(x), 2))
        x = F.elu(self.fc(torch.flatten(x, 1)))
        return self.a(x), self.c(x.detach())
