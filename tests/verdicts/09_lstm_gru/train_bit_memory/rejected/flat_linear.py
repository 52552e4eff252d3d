# feedback: no LSTM in the network
def train_bit_memory(sequences, bits):
    net = nn.Sequential(nn.Flatten(), nn.Linear(sequences.shape[1], 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
    for _ in range(100):
        loss = nn.functional.binary_cross_entropy_with_logits(net(sequences)[:, 0], bits)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net
