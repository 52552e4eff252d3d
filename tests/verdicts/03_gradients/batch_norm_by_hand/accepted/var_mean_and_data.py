class BatchNormByHand(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.m = momentum
        self.weight = nn.Parameter(torch.full((num_features,), 1.0))
        self.bias = nn.Parameter(torch.full((num_features,), 0.0))
        for name, value in {"running_mean": 0.0, "running_var": 1.0}.items():
            self.register_buffer(name, torch.full((num_features,), value))

    def forward(self, x):
        var, mean = self.running_var, self.running_mean
        if self.training:
            if x.size(0) <= 1:
                raise ValueError(f"batch of {x.size(0)}")
            var, mean = torch.var_mean(x, dim=0, unbiased=False, keepdim=True)
            self.running_mean.data += self.m * (mean[0].data - self.running_mean.data)
            self.running_var.data += self.m * (x.data.var(0, unbiased=True) - self.running_var.data)
        return torch.addcmul(self.bias, (x - mean) / torch.sqrt(var + self.eps), self.weight)
