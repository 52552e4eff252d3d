class Account:
    __slots__ = ("_entries", "owner")

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self._entries = [balance]

    @property
    def balance(self):
        return sum(self._entries)

    def _book(self, amount, sign):
        if not amount > 0 or self.balance + sign * amount < 0:
            raise ValueError(f"cannot book {amount}")
        self._entries.append(sign * amount)

    def deposit(self, amount):
        self._book(amount, +1)

    def withdraw(self, amount):
        self._book(amount, -1)
