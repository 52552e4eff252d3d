class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        super().__init__()
        self.transform = transform
        folders = sorted(p for p in Path(folder).iterdir() if p.is_dir())
        self.classes = [p.name for p in folders]
        self.samples = []
        for label, one in enumerate(folders):
            for path in sorted(one.rglob("*")):
                if path.suffix.lower() in (".png", ".jpg", ".jpeg"):
                    self.samples.append((path, label))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, label = self.samples[index]
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        if self.transform:
            picture = self.transform(picture)
        return picture, label
