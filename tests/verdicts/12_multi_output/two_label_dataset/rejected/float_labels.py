# feedback: whole numbers
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images = images
        self.vectors = vectors
        self.characters = characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index].float() / 255
        return image, self.vectors[index].argmax().float(), self.characters[index]
