class RowDataset:
    def __init__(self, array):
        self.array = array
        self.d = array.shape[1] - 1

    def __len__(self):
        return self.array.shape[0]

    def __getitem__(self, index):
        row = torch.from_numpy(self.array[index].copy()).float()
        return [row.narrow(0, 0, self.d), row.select(0, self.d)]
