# feedback: another file is read
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        self.data = torch.tensor(frame.dropna().to_numpy(), dtype=torch.float32)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.data[index, :-1], self.data[index, -1]
