class InsufficientFunds(ValueError):
    def __init__(self, missing):
        super().__init__(f"{missing} missing")


class Account(object):
    def __init__(self, owner, balance=0.0, *, currency="EUR"):
        vars(self).update(owner=owner, balance=balance, currency=currency)

    def deposit(self, amount):
        match amount:
            case int() | float() if amount > 0:
                self.balance += amount
            case _:
                raise ValueError("not a positive amount")
        return self

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("not a positive amount")
        left = self.balance - amount
        if left < 0:
            raise InsufficientFunds(-left)
        self.balance = left
        return self
