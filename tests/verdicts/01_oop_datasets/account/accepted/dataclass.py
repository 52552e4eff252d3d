from dataclasses import dataclass


@dataclass
class Account:
    owner: str
    balance: float = 0.0

    def deposit(self, amount):
        self._require(amount > 0)
        self.balance = self.balance + amount

    def withdraw(self, amount):
        self._require(0 < amount <= self.balance)
        self.balance = self.balance - amount

    @staticmethod
    def _require(condition):
        if not condition:
            raise ValueError
