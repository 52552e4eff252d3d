# feedback: one vector serves all samples
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.transform = samples, transform
        self.vector = torch.zeros(alphabets)

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        self.vector[alphabet] = 1
        return self.transform(Image.open(path).convert("L")), self.vector, character
