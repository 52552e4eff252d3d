import os


class FolderDataset(Dataset):
    def __init__(self, folder, transform=None):
        self.folder, self.transform = folder, transform or (lambda picture: picture)
        self.classes = []
        for name in os.listdir(folder):
            if os.path.isdir(os.path.join(folder, name)):
                self.classes.append(name)
        self.classes.sort()
        self.class_to_idx = {name: number for number, name in enumerate(self.classes)}
        self.files = []
        for name in self.classes:
            names = sorted(os.listdir(os.path.join(folder, name)))
            self.files += [(name, one) for one in names if one.lower().endswith((".png", ".jpg", ".jpeg"))]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        name, one = self.files[index]
        picture = Image.open(os.path.join(self.folder, name, one)).convert("RGB")
        return self.transform(picture), self.class_to_idx[name]
