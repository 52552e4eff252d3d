# feedback: this layer is not set
def raise_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, p in lstm.named_parameters():
            if name.startswith("bias_ih_l0"):
                p[H : 2 * H] = value
            elif name.startswith("bias_hh_l0"):
                p[H : 2 * H] = 0
