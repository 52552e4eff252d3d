# feedback: float64 | numpy use float64
class RowDataset(Dataset):
    def __init__(self, array):
        super().__init__()
        self.array = array

    def __len__(self):
        return len(self.array)

    def __getitem__(self, index):
        row = self.array[index]
        return row[:-1], row[-1]
