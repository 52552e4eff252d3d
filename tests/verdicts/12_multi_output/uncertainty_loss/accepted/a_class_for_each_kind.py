class ClassesTerm(nn.Module):
    c = 1.0

    def __init__(self):
        super().__init__()
        self.log_variance = nn.Parameter(torch.zeros(()))

    def forward(self, loss):
        return self.c * (-self.log_variance).exp() * loss + self.log_variance.mul(0.5)


class RegressionTerm(ClassesTerm):
    c = 0.5


class UncertaintyLoss(nn.Module):
    def __init__(self, kinds):
        super().__init__()
        make = {"classes": ClassesTerm, "regression": RegressionTerm}
        self.terms = nn.ModuleList([make[kind]() for kind in kinds])

    def forward(self, losses):
        return sum(term(loss) for term, loss in zip(self.terms, losses, strict=True))
