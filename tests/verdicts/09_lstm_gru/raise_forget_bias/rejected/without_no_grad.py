# feedback: no_grad
def raise_forget_bias(lstm, value):
    H = lstm.hidden_size
    if True:
        for name, p in lstm.named_parameters():
            if name.startswith("bias_ih"):
                p[H : 2 * H] = value
            elif name.startswith("bias_hh"):
                p[H : 2 * H] = 0
