# feedback: parent constructor
class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        self.rate = rate

    def add_interest(self):
        self.balance += self.balance * self.rate
