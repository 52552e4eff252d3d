# feedback: wrong length | the last ones do not occur
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples = samples
        self.alphabets = max(alphabet for _, alphabet, _ in samples) + 1
        self.transform = transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        image = self.transform(Image.open(path).convert("L"))
        vector = nn.functional.one_hot(torch.tensor(alphabet), self.alphabets).float()
        return image, vector, character
