# feedback: the character came in the place of the alphabet
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images
        self.vectors = vectors
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index].float() / 255
        return image, self.characters[index], self.vectors[index].argmax()
