# feedback: changes when `dataset[1]` is read | one tensor serves all items
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples = samples
        self.vector = torch.zeros(alphabets)
        self.transform = transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        self.vector.zero_()
        self.vector[alphabet] = 1.0
        return self.transform(Image.open(path).convert("L")), self.vector, character
