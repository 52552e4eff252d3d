# feedback: label of | whole numbers become int64
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        frame = pd.read_csv(csv_path).dropna()
        self.X = torch.tensor(frame.drop(columns="Potability").to_numpy(), dtype=torch.float32)
        self.y = torch.tensor(frame["Potability"].to_numpy())

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        return self.X[index], self.y[index]
