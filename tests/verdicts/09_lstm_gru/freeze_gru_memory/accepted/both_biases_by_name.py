def freeze_gru_memory(gru):
    for name, parameter in gru.named_parameters():
        if "bias" in name:
            H = len(parameter) // 3
            parameter.data[H : 2 * H] = 50
    return gru
