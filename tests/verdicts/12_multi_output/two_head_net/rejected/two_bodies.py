# feedback: two bodies
class TwoHeadNet(nn.Module):
    def __init__(self, num_alphabets, num_characters, size):
        super().__init__()

        def branch(outputs):
            return nn.Sequential(
                nn.Conv2d(1, 16, 3, padding=1),
                nn.MaxPool2d(2),
                nn.ELU(),
                nn.Flatten(),
                nn.Linear(16 * (size // 2) ** 2, 128),
                nn.ELU(),
                nn.Linear(128, outputs),
            )

        self.first, self.second = branch(num_alphabets), branch(num_characters)

    def forward(self, x):
        return self.first(x), self.second(x)
