def tempered_softmax(scores, temperature):
    logs = scores.div(temperature)
    logs = logs - torch.logsumexp(logs, dim=1)[:, None]
    return [torch.exp(logs), logs]
