def stacked_elman(x, layers, h0=None):
    hidden, inputs = layers[0][0].shape
    rnn = nn.RNN(inputs, hidden, len(layers), batch_first=True).to(x.dtype)
    with torch.no_grad():
        for slot, values in zip(rnn.parameters(), (w for layer in layers for w in layer)):
            slot.copy_(values)
        return rnn(x, h0)
