# feedback: different lengths | row by row
def multi_label_loss(scores, labels):
    target = F.one_hot(torch.tensor(labels), scores.shape[1]).sum(1).float()
    return F.binary_cross_entropy_with_logits(scores, target)
