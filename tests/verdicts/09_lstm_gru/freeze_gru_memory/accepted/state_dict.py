def freeze_gru_memory(gru):
    for key, tensor in gru.state_dict().items():
        if key.startswith("bias_hh"):
            tensor.view(3, -1)[1].fill_(1000.0)
