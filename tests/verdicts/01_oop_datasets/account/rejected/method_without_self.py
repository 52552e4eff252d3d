# feedback: `self` is the first one
class Account:
    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = balance

    def deposit(amount):
        if amount <= 0:
            raise ValueError("positive amounts only")
        self.balance += amount

    def withdraw(amount):
        if amount <= 0 or amount > self.balance:
            raise ValueError("not possible")
        self.balance -= amount
