# feedback: without regard to capital letters
class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        super().__init__()
        self.transform = transform
        self.classes = sorted((p.name for p in Path(folder).iterdir() if p.is_dir()), key=str.lower)
        self.samples = []
        for label, name in enumerate(self.classes):
            for path in sorted((Path(folder) / name).iterdir()):
                if path.is_file() and path.suffix.lower() in (".png", ".jpg", ".jpeg"):
                    self.samples.append((path, label))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, label = self.samples[index]
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        if self.transform is not None:
            picture = self.transform(picture)
        return picture, label
