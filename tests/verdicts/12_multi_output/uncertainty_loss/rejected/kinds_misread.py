# feedback: whatever `kinds` says
class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.c = [0.5 if k == 0 else 1.0 for k in range(len(kinds))]
        self.s = nn.Parameter(torch.zeros(len(kinds)))

    def forward(self, losses):
        return sum(c * torch.exp(-s) * loss + s / 2 for c, s, loss in zip(self.c, self.s, losses))
