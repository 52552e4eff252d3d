@torch.no_grad()
def freeze_gru_memory(gru):
    H = gru.hidden_size
    for weight_ih, weight_hh, bias_ih, bias_hh in gru.all_weights:
        bias_ih.narrow(0, H, H).add_(25.0)
