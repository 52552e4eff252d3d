# feedback: an axis of length 1 is missing
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images.squeeze() / 255
        self.alphabets = vectors.argmax(dim=1)
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index], self.alphabets[index], self.characters[index]
