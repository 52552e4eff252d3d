# feedback: features contain the label
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        self.data = torch.tensor(pd.read_csv(csv_path).dropna().to_numpy(), dtype=torch.float32)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.data[index], self.data[index, -1]
