# feedback: all numbers are counted
class RowDataset(Dataset):
    def __init__(self, array):
        super().__init__()
        self.table = torch.tensor(array, dtype=torch.float32)

    def __len__(self):
        return self.table.numel()

    def __getitem__(self, index):
        row = self.table[index]
        return row[:-1], row[-1]
