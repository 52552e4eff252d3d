def tempered_softmax(scores, temperature):
    logs = scores.clone()
    logs /= temperature
    logs -= logs.amax(dim=1, keepdim=True)
    logs -= logs.exp().sum(1, keepdim=True).log()
    return torch.exp(logs), logs
