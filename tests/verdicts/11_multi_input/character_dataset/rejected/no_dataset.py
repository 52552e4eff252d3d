# feedback: should inherit
class CharacterDataset(object):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets, self.transform = samples, alphabets, transform

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        image = self.transform(Image.open(path).convert("L"))
        vector = nn.functional.one_hot(torch.tensor(alphabet), self.alphabets).float()
        return image, vector, character
