# feedback: accuracy is too low | first axis
class BitMemory(nn.Module):
    def __init__(self, size=16):
        super().__init__()
        self.lstm = nn.LSTM(1, size)
        self.head = nn.Linear(size, 1)
        raise_forget_bias(self.lstm, 4.0)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def train_bit_memory(sequences, bits):
    net = BitMemory().to(sequences.device)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(200):
        rows = torch.randint(len(sequences), (64,))
        loss = nn.functional.binary_cross_entropy_with_logits(net(sequences[rows]).squeeze(1), bits[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net
