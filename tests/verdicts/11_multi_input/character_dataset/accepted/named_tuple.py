from typing import Any, NamedTuple


class Item(NamedTuple):
    image: Any
    alphabet: torch.Tensor
    character: int


class CharacterDataset(Dataset):
    def __init__(self, samples, alphabets, transform):
        super().__init__()
        self.paths = [path for path, _, _ in samples]
        self.kinds = [kind for _, kind, _ in samples]
        self.labels = [label for _, _, label in samples]
        self.count = alphabets
        self.transform = transform

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        image = self.transform(Image.open(self.paths[index]).convert(mode="L"))
        number = torch.tensor(self.kinds[index], dtype=torch.int64)
        vector = nn.functional.one_hot(number, num_classes=self.count).to(torch.float32)
        return Item(image, vector, self.labels[index])
