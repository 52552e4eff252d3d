# feedback: same owner | outside of the objects
class Account:
    _money = {}

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self._money[owner] = balance

    @property
    def balance(self):
        return self._money[self.owner]

    @balance.setter
    def balance(self, value):
        self._money[self.owner] = value

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("bad")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0 or amount > self.balance:
            raise ValueError("bad")
        self.balance -= amount
