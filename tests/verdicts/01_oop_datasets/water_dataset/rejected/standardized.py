# feedback: standardized
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        frame = pd.read_csv(csv_path).dropna()
        table = torch.tensor(frame.to_numpy(), dtype=torch.float32)
        features = table[:, :-1]
        self.X = (features - features.mean(0)) / features.std(0)
        self.y = table[:, -1]

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        return self.X[index], self.y[index]
