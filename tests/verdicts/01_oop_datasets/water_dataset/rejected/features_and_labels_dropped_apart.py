# feedback: label of another row | shifted against each other
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        frame = pd.read_csv(csv_path)
        self.x = torch.tensor(frame.iloc[:, :-1].dropna().to_numpy(), dtype=torch.float32)
        self.y = torch.tensor(frame.iloc[:, -1].dropna().to_numpy(), dtype=torch.float32)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]
