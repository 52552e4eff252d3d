class EarnsInterest:
    rate = 0.02

    def add_interest(self):
        self.balance *= 1 + self.rate


class SavingsAccount(EarnsInterest, Account):
    def __init__(self, *args, rate=None, **kwargs):
        if len(args) == 3:
            *args, rate = args
        super().__init__(*args, **kwargs)
        if rate is not None:
            self.rate = rate
