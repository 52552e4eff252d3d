# feedback: stored on the class | share
class Account:
    owner = ""
    balance = 0.0

    def __init__(self, owner, balance=0.0):
        Account.owner = owner
        Account.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("positive amounts only")
        Account.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > Account.balance:
            raise ValueError("not possible")
        Account.balance -= amount
