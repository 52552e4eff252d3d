# feedback: log-probabilities are divided
def tempered_softmax(scores, temperature):
    logs = scores.log_softmax(dim=1) / temperature
    return logs.exp(), logs
