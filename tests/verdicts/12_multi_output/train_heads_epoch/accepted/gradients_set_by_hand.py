def train_heads_epoch(model, loader, optimizer, weights):
    class Mean:
        value, count = 0.0, 0

        def take(self, new, size):
            self.count += size
            self.value += (new - self.value) * size / self.count

    model.train()
    alphabet_mean, character_mean = Mean(), Mean()
    parameters = [p for group in optimizer.param_groups for p in group["params"] if p.requires_grad]
    for images, alphabets, characters in loader:
        scores = model(images)
        first = F.nll_loss(F.log_softmax(scores[0], dim=1), alphabets)
        second = F.nll_loss(F.log_softmax(scores[1], dim=1), characters)
        found = torch.autograd.grad(weights[0] * first + weights[1] * second, parameters, allow_unused=True)
        for p, g in zip(parameters, found):
            p.grad = g
        optimizer.step()
        alphabet_mean.take(first.item(), alphabets.numel())
        character_mean.take(second.item(), characters.numel())
    return alphabet_mean.value, character_mean.value
