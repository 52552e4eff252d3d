# feedback: the path is fixed in the code
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        frame = pd.read_csv("water_potability.csv").dropna()
        self.table = torch.tensor(frame.to_numpy(), dtype=torch.float32)

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        return self.table[index, :-1], self.table[index, -1]
