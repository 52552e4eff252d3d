class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        super().__init__()
        self.samples = list(samples)
        self.n = alphabets
        self.transform = transform

    def __getitem__(self, idx):
        sample = self.samples[idx]
        img = Image.open(sample[0]).convert("L")
        vec = nn.functional.one_hot(torch.tensor(sample[1]), self.n).to(torch.float32)
        return [self.transform(img), vec, int(sample[2])]

    def __len__(self):
        return len(self.samples)
