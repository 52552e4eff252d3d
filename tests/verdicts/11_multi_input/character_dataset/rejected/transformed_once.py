# feedback: A random transform gives the same image
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets = samples, alphabets; self.images = [transform(Image.open(s[0]).convert("L")) for s in samples]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, alphabet, character = self.samples[index]
        image = self.images[index]
        vector = nn.functional.one_hot(torch.tensor(alphabet), self.alphabets).float()
        return image, vector, character
