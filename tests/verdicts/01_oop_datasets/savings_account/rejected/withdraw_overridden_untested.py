# feedback: leave `withdraw` to the parent
class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        super().__init__(owner, balance)
        self.rate = rate

    def withdraw(self, amount):
        self.balance -= amount

    def add_interest(self):
        self.balance += self.balance * self.rate
