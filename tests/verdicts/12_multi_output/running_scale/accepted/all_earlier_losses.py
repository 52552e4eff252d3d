class RunningScale:
    def __init__(self, momentum):
        self.beta, self.seen = momentum, []

    def __call__(self, loss):
        self.seen.append(loss.detach().cpu().item())
        last = len(self.seen) - 1
        mean = self.beta**last * self.seen[0]
        for t in range(1, last + 1):
            mean += (1 - self.beta) * self.beta ** (last - t) * self.seen[t]
        return loss / loss.new_tensor(mean)
