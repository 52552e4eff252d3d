# feedback: default rate | as percent
class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=2):
        super().__init__(owner, balance)
        self.rate = rate

    def add_interest(self):
        self.balance += self.balance * self.rate
