class WaterDataset(Dataset):
    def __init__(self, csv_path):
        table = np.genfromtxt(csv_path, delimiter=",", skip_header=1, dtype=np.float32)
        self._rows = table[~np.isnan(table).any(axis=1)]

    def __len__(self):
        return self._rows.shape[0]

    def __getitem__(self, index):
        *features, label = self._rows[index]
        return [np.array(features), label]
