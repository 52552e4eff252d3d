def unrolled_elman(x, h0, w_ih, w_hh, b_ih, b_hh):
    rnn = nn.RNN(w_ih.shape[1], w_ih.shape[0], batch_first=True)
    rnn.load_state_dict({"weight_ih_l0": w_ih, "weight_hh_l0": w_hh, "bias_ih_l0": b_ih, "bias_hh_l0": b_hh})
    out, h_n = rnn(x, h0.unsqueeze(0))
    return out, h_n.squeeze(0)
