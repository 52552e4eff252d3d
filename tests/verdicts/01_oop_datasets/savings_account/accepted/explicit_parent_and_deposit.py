class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        self.rate = rate
        Account.__init__(self, owner, balance)

    def add_interest(self):
        interest = self.balance * self.rate
        if interest:
            self.deposit(interest)
