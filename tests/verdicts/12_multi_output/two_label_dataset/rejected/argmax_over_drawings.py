# feedback: goes down the drawings
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images
        self.alphabets = vectors.argmax(dim=0)
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index] / 255, self.alphabets[index], self.characters[index]
