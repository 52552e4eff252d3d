# feedback: not at rest
class Transfer(nn.Module):
    def __init__(self, trained, num_classes):
        super().__init__()
        self.extractor = trained[:-1].requires_grad_(False)
        self.head = nn.Linear(trained[-1].in_features, num_classes)

    def forward(self, x):
        with torch.no_grad():
            x = self.extractor(x)
        return self.head(x)


transfer_net = Transfer
