# feedback: a number without a way back
def bce_from_logits(logits, labels):
    z, y = logits.detach().numpy(), labels.numpy()
    return torch.tensor(np.mean(np.logaddexp(0, z) - z * y))
