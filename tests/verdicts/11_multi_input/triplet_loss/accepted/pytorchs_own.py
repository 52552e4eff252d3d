def triplet_loss(anchor, positive, negative, margin):
    return nn.functional.triplet_margin_loss(anchor, positive, negative, margin=margin)
