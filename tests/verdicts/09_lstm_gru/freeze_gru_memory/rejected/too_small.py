# feedback: what leaks through in one step
def freeze_gru_memory(gru):
    H = gru.hidden_size
    with torch.no_grad():
        for layer in range(gru.num_layers):
            getattr(gru, f"bias_ih_l{layer}")[H : 2 * H] = 5.0
