# feedback: float32
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images
        self.vectors = vectors
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index]
        return image, self.vectors[index].argmax(), self.characters[index]
