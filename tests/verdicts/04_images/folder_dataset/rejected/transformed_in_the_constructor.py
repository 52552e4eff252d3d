# feedback: once, in the constructor
class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        self.classes = sorted(entry.name for entry in Path(folder).iterdir() if entry.is_dir())
        self.samples = []
        for label, name in enumerate(self.classes):
            for path in sorted((Path(folder) / name).iterdir()):
                if path.suffix.lower() in {".png", ".jpg", ".jpeg"}:
                    picture = Image.open(path).convert("RGB")
                    self.samples.append((transform(picture) if transform else picture, label))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]
