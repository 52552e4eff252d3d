# feedback: no_grad
def freeze_gru_memory(gru):
    H = gru.hidden_size
    for layer in range(gru.num_layers):
        getattr(gru, f"bias_ih_l{layer}")[H : 2 * H] = 30.0
