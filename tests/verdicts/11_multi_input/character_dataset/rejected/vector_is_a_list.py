# feedback: should be a tensor | list
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets, self.transform = samples, alphabets, transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        image = self.transform(Image.open(path).convert("L"))
        vector = [1.0 if k == alphabet else 0.0 for k in range(self.alphabets)]
        return image, vector, character
