@torch.no_grad()
def raise_forget_bias(lstm, value):
    H = lstm.hidden_size
    for k in range(lstm.num_layers):
        b_ih, b_hh = getattr(lstm, f"bias_ih_l{k}"), getattr(lstm, f"bias_hh_l{k}")
        b_hh.chunk(4)[1].copy_(value - b_ih[H : H + H])
