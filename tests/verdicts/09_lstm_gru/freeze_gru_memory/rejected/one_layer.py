# feedback: only some of the layers
def freeze_gru_memory(gru):
    H = gru.hidden_size
    with torch.no_grad():
        for layer in range(1):
            getattr(gru, f"bias_ih_l{layer}")[H : 2 * H] = 30.0
