class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        super().__init__(owner=owner, balance=balance)
        self.__rate = rate

    rate = property(lambda self: self.__rate)

    def add_interest(self):
        setattr(self, "balance", self.balance + self.__rate * self.balance)
        return self.balance
