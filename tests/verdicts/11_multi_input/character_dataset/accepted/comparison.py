class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.data, self.count, self.fn = samples, alphabets, transform

    def __len__(self):
        return self.data.__len__()

    def __getitem__(self, k):
        where, a, c = self.data[k]
        gray = transforms.functional.to_grayscale(Image.open(where).convert("RGB")) if False else Image.open(where).convert("L")
        return self.fn(gray), (torch.arange(self.count) == a).float(), c
