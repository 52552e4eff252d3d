# feedback: factor 1 of a cross-entropy
class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.kinds = kinds
        self.s = nn.Parameter(torch.zeros(len(kinds)))

    def forward(self, losses):
        total = 0
        for k, loss in enumerate(losses):
            c = 1.0
            total = total + c * torch.exp(-self.s[k]) * loss + self.s[k] / 2
        return total
