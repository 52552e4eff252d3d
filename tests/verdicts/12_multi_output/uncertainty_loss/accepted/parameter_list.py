class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        self.log_variances = nn.ParameterList([nn.Parameter(torch.tensor(0.0)) for _ in kinds])
        self.regression = [kind == "regression" for kind in kinds]

    def forward(self, losses):
        terms = []
        for loss, s, halved in zip(losses, self.log_variances, self.regression):
            variance = s.exp()
            terms.append(loss / (2 * variance if halved else variance) + s / 2)
        return sum(terms)
