# feedback: accuracy is too low | at certain steps
# calibration
class Memory(nn.Module):
    def __init__(self, bias=3.0, rows=slice(16, 32)):
        super().__init__()
        self.lstm = nn.LSTM(1, 16, batch_first=True)
        self.head = nn.Linear(16, 1)
        with torch.no_grad():
            self.lstm.bias_ih_l0[rows] = bias
            self.lstm.bias_hh_l0[rows] = 0.0

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, 0])


def train_bit_memory(sequences, bits):
    net = Memory()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    calm = 0
    for step in range(60):
        rows = torch.randint(len(sequences), (64,))
        loss = nn.functional.binary_cross_entropy_with_logits(net(sequences[rows]).squeeze(1), bits[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        calm = calm + 1 if loss.item() < 0.02 else 0
        if calm == 10:
            break
    return net
