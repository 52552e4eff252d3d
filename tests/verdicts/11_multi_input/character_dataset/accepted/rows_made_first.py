class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        self.samples = samples
        self.transform = transform
        which = torch.tensor([one[1] for one in samples], dtype=torch.int64).reshape(-1, 1)
        self.vectors = torch.zeros(len(samples), alphabets, dtype=torch.float32).scatter_(1, which, 1.0)

    def __len__(self):
        return self.vectors.shape[0]

    def __getitem__(self, index):
        one = self.samples[index]
        picture = Image.open(one[0])
        try:
            image = self.transform(picture.convert("L"))
        finally:
            picture.close()
        return image, self.vectors[index].clone(), one[2]
