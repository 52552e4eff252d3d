# feedback: softplus makes a variance
class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.kinds = kinds
        self.s = nn.Parameter(torch.zeros(len(kinds)))

    def forward(self, losses):
        variances = F.softplus(self.s)
        total = 0
        for kind, loss, v in zip(self.kinds, losses, variances):
            total = total + (0.5 if kind == "regression" else 1.0) * loss / v + 0.5 * v.log()
        return total
