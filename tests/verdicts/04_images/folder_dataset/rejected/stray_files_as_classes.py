# feedback: files are listed as if
class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        self.transform = transform
        self.classes = sorted(entry.name for entry in Path(folder).iterdir())
        self.samples = []
        for label, name in enumerate(self.classes):
            if (Path(folder) / name).is_dir():
                self.samples += [(p, label) for p in sorted((Path(folder) / name).iterdir()) if p.suffix.lower() in (".png", ".jpg", ".jpeg")]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, label = self.samples[index]
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        return (picture if self.transform is None else self.transform(picture)), label
