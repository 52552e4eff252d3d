class BatchNormByHand(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(num_features)), nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", self.bias.detach().clone())
        self.register_buffer("running_var", self.weight.detach().clone())
        self.options = dict(eps=eps, momentum=momentum)

    def normalize(self, x, mean, var):
        return torch.einsum("bf,f->bf", (x - mean) * torch.rsqrt(var + self.options["eps"]), self.weight) + self.bias

    def forward(self, x):
        if self.training is False:
            return self.normalize(x, self.running_mean, self.running_var)
        if len(x) == 1:
            raise ValueError
        self.remember(x.detach())
        mean = torch.einsum("bf->f", x) / len(x)
        return self.normalize(x, mean, ((x - mean) ** 2).mean(dim=0))

    @torch.no_grad()
    def remember(self, x):
        m = self.options["momentum"]
        self.running_mean.mul_(1 - m).add_(x.mean(0), alpha=m)
        self.running_var.mul_(1 - m).add_(x.var(0), alpha=m)
