class TwoLabelDataset(Dataset):
    def __init__(self, images, vectors, characters):
        self.of_level = torch.arange(256, dtype=torch.float32, device=images.device) / 255
        self.get = lambda i: (images[i], vectors[i], characters[i])
        self.count = images.size(0)

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        image, vector, character = self.get(index)
        _, place = vector.topk(1)
        return self.of_level[image.long()], place.squeeze(0), character.clone()
