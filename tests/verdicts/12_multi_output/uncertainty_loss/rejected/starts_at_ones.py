# feedback: start with other numbers than zero
class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.kinds = kinds
        self.s = nn.Parameter(torch.ones(len(kinds)))

    def forward(self, losses):
        total = 0
        for k, loss in enumerate(losses):
            c = 0.5 if self.kinds[k] == "regression" else 1.0
            total = total + c * torch.exp(-self.s[k]) * loss + self.s[k] / 2
        return total
