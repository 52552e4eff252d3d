# feedback: wrong values
def raise_forget_bias(lstm, value):
    H = lstm.hidden_size
    with torch.no_grad():
        for name, p in lstm.named_parameters():
            if name.startswith("bias_ih"):
                p[H : 2 * H - 1] = value
            elif name.startswith("bias_hh"):
                p[H : 2 * H - 1] = 0
