# feedback: label of | int64 | because the loss wants float32
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        frame = pd.read_csv(csv_path).dropna()
        self.x = torch.tensor(frame.iloc[:, :-1].to_numpy(), dtype=torch.float32)
        self.y = torch.tensor(frame["Potability"].to_numpy())

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        return self.x[index], self.y[index]
