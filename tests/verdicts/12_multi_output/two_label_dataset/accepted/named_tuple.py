from collections import namedtuple

Drawing = namedtuple("Drawing", ["image", "alphabet", "character"])


class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        super().__init__()
        self.images, self.vectors, self.characters = images, vectors, characters

    def __len__(self):
        return self.vectors.shape[0]

    def __getitem__(self, index):
        vector = self.vectors[index]
        steps = torch.arange(vector.numel(), device=vector.device)
        alphabet = (vector.round().to(torch.int64) * steps).sum()
        image = torch.true_divide(self.images[index], 255.0)
        return Drawing(image, alphabet, self.characters[index])
