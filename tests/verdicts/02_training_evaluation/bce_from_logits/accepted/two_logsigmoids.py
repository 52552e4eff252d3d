def bce_from_logits(logits, labels):
    log_p = nn.functional.logsigmoid(logits)
    log_q = nn.functional.logsigmoid(-logits)
    return -torch.mean(labels * log_p + (1 - labels) * log_q)
