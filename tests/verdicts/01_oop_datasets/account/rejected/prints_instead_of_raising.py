# feedback: nothing was raised | `print`
class Account:
    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            print("The amount must be positive!")
        else:
            self.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > self.balance:
            print("This is not possible!")
        else:
            self.balance -= amount
