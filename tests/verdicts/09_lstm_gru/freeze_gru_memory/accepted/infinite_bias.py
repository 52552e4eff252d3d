def freeze_gru_memory(gru):
    with torch.no_grad():
        for k in range(gru.num_layers):
            getattr(gru, f"bias_hh_l{k}").view(3, -1)[1] = float("inf")
