# feedback: own largest level
class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.images, self.alphabets, self.characters = images, vectors.argmax(dim=1), characters

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index].float()
        return image / image.max().clamp(min=1), self.alphabets[index], self.characters[index]
