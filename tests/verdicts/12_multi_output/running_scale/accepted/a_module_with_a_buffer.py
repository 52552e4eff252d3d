class RunningScale(nn.Module):
    def __init__(self, momentum):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.tensor(float("nan")))

    def forward(self, loss):
        with torch.no_grad():
            fresh = loss if self.mean.isnan() else torch.lerp(loss, self.mean, self.momentum)
            self.mean = fresh.clone()
        return loss / self.mean
