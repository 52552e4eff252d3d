class TwoLabelDataset:
    def __init__(self, images, vectors, characters):
        self.rows = list(zip(images, vectors.tolist(), characters.tolist()))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        picture, one_hot, character = self.rows[i]
        return picture.to(torch.float32).div(255), one_hot.index(1.0), character
