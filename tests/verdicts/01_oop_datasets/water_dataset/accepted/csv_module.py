import csv
import math


class WaterDataset(Dataset):
    def __init__(self, csv_path):
        self.samples = []
        with open(csv_path, newline="") as file:
            for record in csv.DictReader(file):
                cells = list(record.values())
                if all(cell.strip() for cell in cells):
                    *features, label = map(float, cells)
                    self.samples.append((torch.tensor(features), torch.tensor(label)))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]
