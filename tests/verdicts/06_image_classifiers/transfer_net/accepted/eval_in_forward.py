class Transfer(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        *body, old = trained
        self.body = nn.ModuleList(body).requires_grad_(False)
        self.new = nn.Linear(old.in_features, num_classes)

    def forward(self, x):
        self.body.eval()
        with torch.no_grad():
            for layer in self.body:
                x = layer(x)
        return self.new(x)


transfer_net = Transfer
