# feedback: second year | computed once
class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        super().__init__(owner, balance)
        self.rate = rate
        self.interest = balance * rate

    def add_interest(self):
        self.balance += self.interest
