def triplet_loss(anchor, positive, negative, margin):
    def distance(x, y):
        return torch.cdist(x[:, None], y[:, None], compute_mode="donot_use_mm_for_euclid_dist").reshape(-1)

    cost = distance(anchor, positive) - distance(anchor, negative) + margin
    return torch.where(cost > 0, cost, torch.zeros_like(cost)).sum() / anchor.shape[0]
