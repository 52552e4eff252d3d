# feedback: the classes are counted
class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        super().__init__()
        self.transform = transform
        self.classes = sorted(entry.name for entry in Path(folder).iterdir() if entry.is_dir())
        self.samples = [
            (path, label)
            for label, name in enumerate(self.classes)
            for path in sorted((Path(folder) / name).iterdir())
            if path.suffix.lower() in {".png", ".jpg", ".jpeg"}
        ]

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, index):
        path, label = self.samples[index]
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        return (picture if self.transform is None else self.transform(picture)), label
