class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.core = nn.LSTM(1, 16)
        raise_forget_bias(self.core, 4.0)
        self.read = nn.Linear(32, 1)

    def forward(self, x):
        _, (h, c) = self.core(x.transpose(0, 1))
        return self.read(torch.cat([h[0], c[0]], dim=1))


def train_bit_memory(sequences, bits):
    net, good = Last(), 0
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    for _ in range(1000):
        pick = torch.randint(len(bits), (100,))
        z = net(sequences[pick])[:, 0]
        loss = nn.functional.softplus(-z * (2 * bits[pick] - 1)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        good = (good + 1) * (loss.item() < 0.02)
        if good > 9:
            break
    return net.eval()
