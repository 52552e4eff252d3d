# feedback: should inherit | parent is missing
class SavingsAccount:
    def __init__(self, owner, balance=0.0, rate=0.02):
        self.owner = owner
        self.balance = balance
        self.rate = rate

    def add_interest(self):
        self.balance += self.balance * self.rate
