# feedback: in another order | vector second
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets, self.transform = samples, alphabets, transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        vector = torch.zeros(self.alphabets)
        vector[alphabet] = 1
        return self.transform(Image.open(path).convert("L")), character, vector
