# feedback: rounded
class RowDataset(Dataset):
    def __init__(self, array):
        super().__init__()
        self.table = torch.tensor(array).round().float()

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        row = self.table[index]
        return row[:-1], row[-1]
