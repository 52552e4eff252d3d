def tempered_softmax(scores, temperature):
    return torch.softmax(scores / temperature, dim=-1), torch.log_softmax(scores / temperature, -1)
