# feedback: only the samples with label 1
def bce_from_logits(logits, labels):
    return -(labels * nn.functional.logsigmoid(logits)).mean()
