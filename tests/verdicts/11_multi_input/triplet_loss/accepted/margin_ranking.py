def triplet_loss(anchor, positive, negative, margin):
    near = nn.functional.pairwise_distance(anchor, positive)
    far = nn.functional.pairwise_distance(anchor, negative)
    # max(0, -y (far - near) + margin) with y = 1
    return nn.functional.margin_ranking_loss(far, near, torch.ones_like(far), margin=margin, reduction="mean")
