import numpy as np


class CharacterDataset(torch.utils.data.Dataset):
    def __init__(self, samples, alphabets, transform):
        self.paths = [s[0] for s in samples]
        self.names = [s[1] for s in samples]
        self.labels = [s[2] for s in samples]
        self.rows = torch.from_numpy(np.eye(alphabets, dtype=np.float32))
        self.t = transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        with Image.open(self.paths[i]) as f:
            x = self.t(f.convert(mode="L"))
        return x, self.rows[self.names[i]], torch.tensor(self.labels[i])
