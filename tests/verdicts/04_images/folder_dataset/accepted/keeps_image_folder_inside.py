class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        self.inner = ImageFolder(folder, transform=transform)
        self.classes = self.inner.classes

    def __len__(self):
        return len(self.inner)

    def __getitem__(self, index):
        return self.inner[index]
