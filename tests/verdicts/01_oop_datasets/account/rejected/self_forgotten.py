# feedback: without `self.`
class Account:
    def __init__(self, owner, balance=0.0):
        owner = owner
        balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("positive amounts only")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > self.balance:
            raise ValueError("not possible")
        self.balance -= amount
