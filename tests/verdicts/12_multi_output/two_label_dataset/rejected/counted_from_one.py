# feedback: count from 0
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images
        self.vectors = vectors
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index].float() / 255
        return image, self.vectors[index].argmax() + 1, self.characters[index]
