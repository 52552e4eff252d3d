def lstm_unrolled(x, W_ih, W_hh, b_ih, b_hh, state=None):
    layer = nn.LSTM(W_ih.shape[1], W_hh.shape[1], batch_first=True)
    with torch.no_grad():
        for parameter, numbers in zip(layer.parameters(), (W_ih, W_hh, b_ih, b_hh)):
            parameter.copy_(numbers)
    return layer(x, state)
