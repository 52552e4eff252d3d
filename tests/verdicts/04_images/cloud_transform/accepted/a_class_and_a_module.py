class make_transform(torch.nn.Module):
    def __init__(self, size, mean, std, training=False):
        super().__init__()
        self.size, self.m, self.s, self.random = size, torch.tensor(mean), torch.tensor(std), training

    def forward(self, picture):
        x = TF.to_dtype(TF.to_image(picture), torch.float32, scale=True)
        x = torch.nn.functional.interpolate(x[None], (self.size, self.size), mode="bilinear", antialias=True)[0]
        if self.random:
            x = TF.rotate(x, torch.empty(()).uniform_(-15, 15).item(), v2.InterpolationMode.BILINEAR)
            x = x.flip(-1) if torch.rand(()) < 0.5 else x
        return (x - self.m[:, None, None]) / self.s[:, None, None]
