# feedback: is a method
class Account:
    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.amount = balance

    def balance(self):
        return self.amount

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("positive amounts only")
        self.amount += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > self.amount:
            raise ValueError("not possible")
        self.amount -= amount
