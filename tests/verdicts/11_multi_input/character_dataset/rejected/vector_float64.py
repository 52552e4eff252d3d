# feedback: wrong dtype | float64
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets, self.transform = samples, alphabets, transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        image = self.transform(Image.open(path).convert("L"))
        vector = torch.zeros(self.alphabets, dtype=torch.float64).scatter(0, torch.tensor(alphabet), 1.0)
        return image, vector, character
