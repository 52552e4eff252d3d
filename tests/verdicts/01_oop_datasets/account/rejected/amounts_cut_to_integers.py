# feedback: cut or rounded to whole numbers
class Account:
    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = int(balance)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("bad")
        self.balance += int(amount)

    def withdraw(self, amount):
        if amount <= 0 or amount > self.balance:
            raise ValueError("bad")
        self.balance -= int(amount)
