# feedback: opened in the constructor, or kept
class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples, self.alphabets, self.transform = samples, alphabets, transform
        self.pics = [Image.open(p).convert("L") for p, _, _ in samples]
    def __len__(self): return len(self.samples)
    def __getitem__(self, i):
        path, a, c = self.samples[i]
        return self.transform(self.pics[i]), torch.eye(self.alphabets)[a], c
