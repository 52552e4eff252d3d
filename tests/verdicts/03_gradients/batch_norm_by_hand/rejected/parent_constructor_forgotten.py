# feedback: must set itself up
class BatchNormByHand(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.weight = nn.Parameter(torch.ones(num_features))

    def forward(self, x):
        return x
