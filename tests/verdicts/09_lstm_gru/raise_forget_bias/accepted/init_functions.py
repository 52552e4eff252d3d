def raise_forget_bias(lstm, value):
    H = lstm.hidden_size
    for group in lstm.all_weights:
        nn.init.constant_(group[2][H : 2 * H], value)
        nn.init.zeros_(group[3][H : 2 * H])
