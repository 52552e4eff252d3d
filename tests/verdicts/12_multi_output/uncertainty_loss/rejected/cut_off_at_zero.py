# feedback: cut off at 0
class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.c = [0.5 if kind == "regression" else 1.0 for kind in kinds]
        self.s = nn.Parameter(torch.zeros(len(kinds)))

    def forward(self, losses):
        total = sum(c * torch.exp(-s) * loss + s / 2 for c, s, loss in zip(self.c, self.s, losses, strict=True))
        return total.clamp(min=0)
