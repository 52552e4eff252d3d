class WaterDataset(torch.utils.data.Dataset):
    def __init__(self, csv_path):
        super(WaterDataset, self).__init__()
        self.frame = pd.read_csv(csv_path).dropna().reset_index(drop=True)
        self.label_column = "Potability"

    def __len__(self):
        return self.frame.index.size

    def __getitem__(self, index):
        row = self.frame.loc[int(index)]
        x = row.drop(self.label_column)
        return torch.as_tensor([float(v) for v in x]), torch.tensor(row[self.label_column]).float()
