class FolderDataset(Dataset):
    ENDINGS = ("png", "jpg", "jpeg")

    def __init__(self, folder, transform=None):
        super().__init__()
        self.transform = transform
        paths = [p for p in Path(folder).glob("*/*") if p.name.lower().split(".")[-1] in self.ENDINGS]
        self.paths = sorted(paths, key=lambda p: (p.parent.name, p.name))
        self.classes = tuple(sorted({p.parent.name for p in self.paths}))
        self.labels = torch.tensor([self.classes.index(p.parent.name) for p in self.paths])

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        picture = Image.open(self.paths[index]).convert("RGB")
        if self.transform:
            picture = self.transform(picture)
        return picture, self.labels[index].item()
