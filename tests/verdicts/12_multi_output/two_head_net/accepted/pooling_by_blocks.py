def pool_by_two(x):
    rows, columns = x.shape[-2] // 2 * 2, x.shape[-1] // 2 * 2
    blocks = x[..., :rows, :columns].unfold(-2, 2, 2).unfold(-2, 2, 2)
    return blocks.flatten(-2).max(dim=-1).values


class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()
        self.conv = nn.Conv2d(1, 16, (3, 3), padding=(1, 1))
        self.linear = nn.Linear(16 * (size // 2) ** 2, 128)
        self.alphabet, self.character = nn.Linear(128, num_alphabets), nn.Linear(128, num_characters)

    def forward(self, x):
        x = torch.celu(pool_by_two(self.conv(x)))
        x = torch.celu(self.linear(x.reshape(x.shape[0], -1)))
        return (self.alphabet(x), self.character(x))
